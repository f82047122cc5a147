import { expect } from 'chai';
import {
  AgentCall,
  configureTracing,
  currentCall,
  EmbeddingCall,
  ExternalCall,
  LlmCall,
  PolicyCheck,
  Remediation,
  RetrievalCall,
  Task,
  ToolCall,
  Traced,
  Workflow,
} from 'spanwright';
import type { FinishedSpan } from 'spanwright';
import { captureSpans } from 'spanwright/testing';
import { contentOf } from '#lib/core/capture.js';

type Tier = 'none' | 'digest' | 'redacted' | 'full';
type Method = (input: object) => unknown;

const EMAIL = 'ada.lovelace@analytical.example.org';
const INPUT = { text: `a plover of ${EMAIL}` };
const RESULT = { text: `a heron of ${EMAIL}` };
const CONTENT = { args: true, result: true } as const;
const ANSWER = {
  model: 'gpt-4o',
  object: 'chat.completion',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: RESULT.text } }],
};
const REQUEST = { model: 'gpt-4o', messages: [{ role: 'user', content: INPUT.text }] };

// One of each decorator with the option, as functions.
const DECORATORS: Readonly<Record<string, (content: Tier) => Method>> = {
  Traced: (content) => Traced.wrap({ name: 'it', content, ...CONTENT }, (_input: object) => RESULT),
  Task: (content) => Task.wrap({ type: 'it', content, ...CONTENT }, (_input: object) => RESULT),
  Workflow: (content) => Workflow.wrap({ name: 'it', content, ...CONTENT }, (_input: object) => RESULT),
  ToolCall: (content) => ToolCall.wrap({ name: 'it', content }, (_input: object) => RESULT),
  AgentCall: (content) => AgentCall.wrap({ name: 'it', content }, (_input: object) => RESULT),
  PolicyCheck: (content) => PolicyCheck.wrap({ name: 'it', content, ...CONTENT }, (_input: object) => RESULT),
  Remediation: (content) => Remediation.wrap({ name: 'it', content, ...CONTENT }, (_input: object) => RESULT),
  ExternalCall: (content) => ExternalCall.wrap({ name: 'it', content, ...CONTENT }, (_input: object) => RESULT),
  EmbeddingCall: (content) => EmbeddingCall.wrap({ name: 'it', content, ...CONTENT }, (_input: object) => RESULT),
  RetrievalCall: (content) =>
    RetrievalCall.wrap(
      { name: 'it', content, query: (input: object) => (input as { text: string }).text },
      (_input: object) => [RESULT],
    ),
  LlmCall: (content) => {
    const ask = LlmCall.wrap({ name: 'it', content, provider: 'openai' }, (_request: object) => ANSWER);
    return () => ask(REQUEST);
  },
};
const TIERS: readonly Tier[] = ['none', 'digest', 'redacted', 'full'];

/** What destinations of the four tiers get of a call. */
async function seenOf(method: Method): Promise<Readonly<Record<Tier, FinishedSpan>>> {
  const tracing = configureTracing({
    destinations: TIERS.map((content) => ({ provider: 'memory' as const, name: content, content })),
  });
  try {
    await method(INPUT);
    const one = (name: string): FinishedSpan => tracing.finishedSpans(name)[0] ?? expect.fail('no span');
    return { none: one('none'), digest: one('digest'), redacted: one('redacted'), full: one('full') };
  } finally {
    await tracing.shutdown();
  }
}

const stricter = (one: Tier, other: Tier): Tier => TIERS[Math.min(TIERS.indexOf(one), TIERS.indexOf(other))] ?? 'none';

describe('the option content of a decorator', () => {
  for (const [name, create] of Object.entries(DECORATORS)) {
    for (const content of TIERS) {
      it(`${content} lowers what destinations see of ${name}, and raises nothing`, async () => {
        const seen = await seenOf(create(content));
        for (const tier of TIERS) {
          const text = JSON.stringify(seen[tier].attributes);
          const inForce = stricter(tier, content);
          const isShown = inForce === 'redacted' || inForce === 'full';
          expect(text.includes('plover'), `input at ${tier}`).to.equal(isShown);
          expect(text.includes('heron'), `output at ${tier}`).to.equal(isShown);
          expect(text.includes(EMAIL), `personal data at ${tier}`).to.equal(inForce === 'full');
          expect(/"spanwright\.request\.digest":"[0-9a-f]{64}"/.test(text), `digest at ${tier}`).to.equal(
            inForce === 'digest',
          );
        }
      });
    }
  }

  it('none copies nothing', async () => {
    for (const [name, create] of Object.entries(DECORATORS)) {
      const kept = async (content: Tier): Promise<readonly string[]> => {
        const { full } = await seenOf(create(content));
        return Object.keys(contentOf(full.spanContext()) ?? {});
      };
      expect(await kept('none'), name).to.deep.equal([]);
      expect(await kept('digest'), name).to.not.deep.equal([]);
    }
  });

  it('holds for captures of tests as well', async () => {
    const captured = await captureSpans((spans) => {
      DECORATORS['Traced']?.('none')(INPUT);
      DECORATORS['Traced']?.('redacted')(INPUT);
      return spans.finished().map(({ attributes }) => JSON.stringify(attributes));
    });
    expect(captured[0]).to.not.contain('plover');
    expect(captured[1]).to.contain('plover').and.not.contain(EMAIL);
  });

  it('is of the call that has it, and not of those below', async () => {
    const inner = Traced.wrap({ name: 'inner', args: true }, (_text: string) => currentCall()?.traceId);
    const outer = Traced.wrap({ name: 'outer', args: true, content: 'none' }, (text: string) => inner(text));
    const tracing = configureTracing({ destinations: [{ provider: 'memory' }] });
    outer('plover');
    const seen = tracing.finishedSpans().map(({ name, attributes }) => [name, attributes['spanwright.arguments']]);
    expect(seen).to.deep.equal([
      ['inner', '["plover"]'],
      ['outer', undefined],
    ]);
    await tracing.shutdown();
  });

  it('digest gives digests where no destination asks for them', async () => {
    const tracing = configureTracing({ destinations: [{ provider: 'memory', content: 'redacted' }] });
    const load = ExternalCall.wrap({ name: 'it', content: 'digest' }, (_input: object) => RESULT);
    load(INPUT);
    const { attributes } = tracing.finishedSpans()[0] ?? expect.fail('no span');
    expect(attributes).to.have.property('spanwright.request.digest');
    expect(attributes).to.have.property('spanwright.response.digest');
    await tracing.shutdown();
  });

  it('of two decorators on one method is the stricter', async () => {
    class Desk {
      @Traced({ args: true, result: true, content: 'redacted' })
      @ToolCall({ name: 'it', content: 'none' })
      one(_input: object): object {
        return RESULT;
      }

      @Traced({ content: 'none' })
      @ToolCall({ name: 'it', content: 'full' })
      other(_input: object): object {
        return RESULT;
      }
    }
    for (const key of ['one', 'other'] as const) {
      const seen = await seenOf((input) => new Desk()[key](input));
      expect(JSON.stringify(seen.full.attributes), key).to.not.match(/plover|heron/);
    }
  });
});
