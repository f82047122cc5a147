import type { Attributes } from '@opentelemetry/api';
import { expect } from 'chai';
import { getTracer, LlmCall, Traced } from 'spanwright';
import { seenBy, VOCABULARIES } from './all-calls.js';

const LONG = 'a long tale of birds, "quoted" and\nbroken; '.repeat(400);
const ANSWER = {
  model: 'gpt-4o',
  object: 'chat.completion',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: LONG } }],
};
const TALK = {
  model: 'gpt-4o',
  messages: [
    { role: 'user', content: LONG },
    ...Array.from({ length: 30 }, () => ({ role: 'user', content: 'short one' })),
  ],
};

async function work(): Promise<void> {
  await LlmCall.run({ provider: 'openai' }, () => Promise.resolve(ANSWER));
  await LlmCall.wrap({ provider: 'openai', name: 'talk' }, (_request: object) => Promise.resolve(ANSWER))(TALK);
  Traced.wrap({ name: 'work', args: true, result: true }, (_value: object) => LONG)({ deep: [{ text: LONG }], n: 1 });
  const attributes = { list: [LONG, LONG], numbers: Array<number>(900).fill(0.125), text: LONG };
  const context = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 };
  const span = getTracer('hand').startSpan('by hand', { attributes, links: [{ context, attributes: { note: LONG } }] });
  span.addEvent('gen_ai.client.inference.operation.details', {
    'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: LONG }] }]),
  });
  span.addEvent('note', { text: LONG });
  span.end();
}

const lengthOf = (value: unknown): number => (typeof value === 'string' ? value.length : JSON.stringify(value).length);

function expectWithin(attributes: Attributes | undefined, maxChars: number, where: string): void {
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (typeof value === 'object' || typeof value === 'string') {
      expect(lengthOf(value), `${where} ${key}`).to.be.at.most(maxChars);
    }
    expect(value, `${where} ${key}`).to.not.equal(undefined);
    if (Array.isArray(value))
      expect(new Set(value.map((item) => typeof item)).size, `${where} ${key}`).to.be.at.most(1);
    if (typeof value === 'string' && /^[[{"]/.test(value))
      expect(() => JSON.parse(value) as unknown, `${where} ${key}`).to.not.throw();
  }
}

describe('maxContentChars', () => {
  for (const maxChars of [2, 40, 300, 5000]) {
    it(`${maxChars} holds for every attribute in every vocabulary, and JSON stays JSON`, async () => {
      const destinations = VOCABULARIES.map((vocabulary) => ({ name: vocabulary, vocabulary }));
      const seen = await seenBy(destinations, { maxContentChars: maxChars }, work);
      for (const vocabulary of VOCABULARIES) {
        for (const [name, span] of Object.entries(seen[vocabulary] ?? {})) {
          expectWithin(span.attributes, maxChars, `${vocabulary} ${name}`);
          for (const one of [...span.events, ...span.links])
            expectWithin(one.attributes, maxChars, `${vocabulary} event`);
          const dropped = { 'spanwright.content_dropped': true };
          expect(span.attributes, `${vocabulary} ${name}`).to.include(dropped);
        }
        const { events, links } = seen[vocabulary]?.['by hand'] ?? expect.fail('no span');
        for (const { attributes } of [...events, ...links]) {
          expect(attributes, vocabulary).to.include({ 'spanwright.content_dropped': true });
        }
      }
    });
  }

  it('of a destination stands over that of all, in both directions', async () => {
    const destinations = [
      { name: 'all' },
      { name: 'more', maxContentChars: 4000 },
      { name: 'less', maxContentChars: 50 },
    ];
    const seen = await seenBy(destinations, { maxContentChars: 400 }, work);
    const length = (name: string): number => lengthOf(seen[name]?.['work']?.attributes['spanwright.result']);
    expect(length('all')).to.be.within(300, 400);
    expect(length('more')).to.be.within(3500, 4000);
    expect(length('less')).to.be.within(20, 50);
  });

  it('says nothing where nothing is cut, and cuts nothing where it is not set', async () => {
    const seen = await seenBy([{ name: 'wide', maxContentChars: 1_000_000 }, { name: 'plain' }], {}, work);
    for (const name of ['wide', 'plain']) {
      for (const { attributes } of Object.values(seen[name] ?? {})) {
        expect(attributes).to.not.have.property('spanwright.content_dropped');
      }
      expect(seen[name]?.['work']?.attributes['spanwright.result']).to.equal(JSON.stringify(LONG));
    }
  });

  it('cuts what was redacted, so that no half of a secret is left', async () => {
    const token = 'ghp_x7Kq2LmN9pRs4TuVw6YzA1bCd3EfG5hJ8kQ0';
    for (let before = 20; before < 60; before += 5) {
      const text = `${'x '.repeat(before)}${token}`;
      const seen = await seenBy([{ maxContentChars: 100 }], {}, () =>
        Traced.wrap({ name: 'it', result: true }, () => text)(),
      );
      expect(seen['memory']?.['it']?.attributes['spanwright.result']).to.not.contain(token.slice(0, 6));
    }
  });
});
