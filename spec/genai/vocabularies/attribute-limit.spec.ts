import { expect } from 'chai';
import { fitLists } from '#lib/genai/vocabularies/attribute-budget.js';
import { openinference } from '#lib/genai/vocabularies/openinference.js';
import { problemsOfOpenInference } from '../schemas/openinference.js';
import { briefChat, madeSpans, recordOf } from './made-spans.js';
import type { MadeSpan } from './made-spans.js';

const render = (span: MadeSpan, maxAttributes?: number): Record<string, unknown> =>
  openinference.render(recordOf(span), maxAttributes === undefined ? {} : { maxAttributes });

function longChat(turns: number): MadeSpan {
  const messages = Array.from({ length: turns }, (_, turn) => ({
    role: turn % 2 === 0 ? 'user' : 'assistant',
    parts: [{ type: 'text', content: `turn ${turn}` }],
  }));
  return {
    attributes: { ...briefChat.attributes, 'ticket.id': 'T-7' },
    content: { ...briefChat.content, 'gen_ai.system_instructions': 'Be brief.', 'gen_ai.input.messages': messages },
  };
}

describe('limit of attributes', () => {
  it('takes the middle of a conversation and leaves its beginning, its end and the answer', () => {
    const attributes = render(longChat(60), 40);
    expect(Object.keys(attributes)).length.most(40);
    expect(problemsOfOpenInference(attributes)).deep.equal([]);
    const kept = Object.entries(attributes)
      .filter(([key]) => /^llm\.input_messages\.\d+\.message\.content$/.test(key))
      .map(([, value]) => value);
    expect(kept).length.greaterThan(3);
    expect(kept[0]).equal('Be brief.');
    expect(kept.slice(1)).deep.equal(
      Array.from({ length: kept.length - 1 }, (_, index) => `turn ${61 - kept.length + index}`),
    );
    expect(attributes).include({ 'llm.output_messages.0.message.content': 'pong', 'spanwright.content_dropped': true });
  });

  it('leaves the whole input in one value, and every fact', () => {
    const attributes = render(longChat(60), 40);
    expect(attributes).include({
      'llm.token_count.prompt': 3,
      'llm.token_count.completion': 1,
      'output.value': 'pong',
      'ticket.id': 'T-7',
    });
    expect(JSON.parse(attributes['input.value'] as string)).length(61);
  });

  it('is not passed by the note that something was left out', () => {
    const whole = Object.keys(render(longChat(10))).length;
    for (let limit = whole - 6; limit < whole; limit++) {
      expect(Object.keys(render(longChat(10), limit))).length.most(limit);
    }
  });

  it('says nothing where all fits', () => {
    const whole = render(longChat(10));
    expect(render(longChat(10), Object.keys(whole).length)).deep.equal(whole);
    expect(whole).not.property('spanwright.content_dropped');
    expect(render(madeSpans.task, 0)).deep.equal(render(madeSpans.task));
  });

  it('fills the room to the last attribute', () => {
    const item = (size: number): [string, string][] => Array.from({ length: size }, (_, index) => [`k${index}`, 'v']);
    const sizes = (keeps: 'ends' | 'front', items: number[], room: number): number[] | undefined => {
      const { lists } = fitLists([{ prefix: 'p', items: items.map(item), keeps }], room);
      return lists[0]?.items.map(({ length }) => length);
    };
    expect(sizes('front', [1, 2, 3, 4], 6)).deep.equal([1, 2, 3]);
    expect(sizes('front', [7, 1], 6)).deep.equal([]);
    expect(sizes('ends', [1, 9, 3, 4], 8)).deep.equal([1, 3, 4]);
    expect(sizes('ends', [5, 1, 1, 4], 8)).deep.equal([1, 1, 4]);
    expect(sizes('ends', [2, 1, 1, 9], 8)).deep.equal([2]);
    expect(sizes('ends', [2, 2], -1)).deep.equal([]);
    expect(sizes('ends', [], -1)).deep.equal([]);
  });
});
