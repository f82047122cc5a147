import { SpanKind } from '@opentelemetry/api';
import { expect } from 'chai';
import { AgentCall, currentCall, LlmCall, Task, Traced } from 'spanwright';
import type { CallRecord } from 'spanwright';
import { onlySpanOf } from './captured.js';

const ANSWER = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'gpt-4o-2024-08-06',
  system_fingerprint: 'fp_1',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'an answer' } }],
  usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
};
const REQUEST = { model: 'gpt-4o', messages: [{ role: 'user', content: 'a question' }] };

const json = (value: unknown): unknown => JSON.parse(String(value)) as unknown;

class Team {
  @Traced({ attributes: { 'team.name': 'a' } })
  @LlmCall({ provider: 'openai' })
  @AgentCall({ name: 'writer' })
  @Task({ type: 'writing', id: '7' })
  async everything(_request: object): Promise<typeof ANSWER> {
    return ANSWER;
  }

  @LlmCall({ prompt: { name: 'greeting', version: '3', variables: { who: 'you' } } })
  async prompted(_request: object): Promise<typeof ANSWER> {
    currentCall()?.recordScore('tone', 0.9, { label: 'kind', explanation: 'it says please' });
    return ANSWER;
  }

  @LlmCall({ cached: (answer: typeof ANSWER) => answer.id === 'chatcmpl-1' })
  async cached(_request: object): Promise<typeof ANSWER> {
    return ANSWER;
  }

  @LlmCall({
    provider: 'in-house',
    model: 'tiny-1',
    extract: (text: string): CallRecord => ({
      usage: { inputTokens: 3, outputTokens: text.length },
      messages: { output: [{ role: 'assistant', parts: [{ type: 'text', content: text }], finish_reason: 'stop' }] },
    }),
  })
  async own(_prompt: string): Promise<string> {
    return 'four';
  }

  @LlmCall()
  async counted(_request: object): Promise<typeof ANSWER> {
    currentCall()?.recordUsage({ inputTokens: 100, cacheReadTokens: 90 });
    currentCall()?.recordCost(0.25);
    return ANSWER;
  }
}

describe('LlmCall', () => {
  it('is one span with the decorators around it, and names it', async () => {
    const span = await onlySpanOf(() => new Team().everything(REQUEST));
    expect(span.name).to.equal('chat gpt-4o');
    expect(span.kind).to.equal(SpanKind.CLIENT);
    expect(span.attributes).to.include({
      'team.name': 'a',
      'task.id': '7',
      'task.status': 'completed',
      'gen_ai.operation.name': 'chat',
      'gen_ai.agent.name': 'writer',
      'gen_ai.usage.input_tokens': 10,
      'spanwright.call.type': 'llm',
      'spanwright.call.status': 'ok',
    });
  });

  it('carries where its prompt came from, and scores', async () => {
    const span = await onlySpanOf(() => new Team().prompted(REQUEST));
    expect(span.attributes).to.include({
      'gen_ai.prompt.name': 'greeting',
      'gen_ai.prompt.version': '3',
      'gen_ai.prompt.variable.who': 'you',
    });
    expect(span.events.map(({ name, attributes }) => ({ name, ...attributes }))).to.deep.equal([
      {
        name: 'gen_ai.evaluation.result',
        'gen_ai.evaluation.name': 'tone',
        'gen_ai.evaluation.score.value': 0.9,
        'gen_ai.evaluation.score.label': 'kind',
        'gen_ai.evaluation.explanation': 'it says please',
      },
    ]);
  });

  it('keeps the tokens of a cache hit', async () => {
    const span = await onlySpanOf(() => new Team().cached(REQUEST));
    expect(span.attributes).to.include({ 'spanwright.cached': true, 'gen_ai.usage.output_tokens': 5 });
  });

  it('bills a cache hit no second time, where the kept answer says its cost', async () => {
    const answer = { ...ANSWER, id: 'gen-1', provider: 'OpenAI', usage: { ...ANSWER.usage, cost: 0.5 } };
    for (const isHit of [true, false]) {
      const ask = LlmCall.wrap({ cached: () => isHit }, async (_request: object) => answer);
      const { attributes } = await onlySpanOf(() => ask(REQUEST));
      expect(attributes).to.include({ 'gen_ai.provider.name': 'openrouter', 'gen_ai.usage.output_tokens': 5 });
      expect(attributes['gen_ai.usage.cost']).to.equal(isHit ? undefined : 0.5);
    }
  });

  it('costs what the program says, a cache hit as well', async () => {
    const ask = LlmCall.wrap({ cached: () => true }, async (_request: object) => {
      currentCall()?.recordCost(0.25);
      return ANSWER;
    });
    const { attributes } = await onlySpanOf(() => ask(REQUEST));
    expect(attributes).to.include({ 'spanwright.cached': true, 'gen_ai.usage.cost': 0.25 });
  });

  it('takes what the user says for what was not found', async () => {
    const span = await onlySpanOf(() => new Team().own('a prompt'));
    expect(span.name).to.equal('chat tiny-1');
    expect(span.attributes).to.include({
      'gen_ai.provider.name': 'in-house',
      'gen_ai.request.model': 'tiny-1',
      'gen_ai.usage.input_tokens': 3,
      'gen_ai.usage.output_tokens': 4,
    });
    expect(json(span.attributes['gen_ai.output.messages'])).to.have.nested.property('[0].parts[0].content', 'four');
  });

  it('believes what the running code recorded', async () => {
    const span = await onlySpanOf(() => new Team().counted(REQUEST));
    expect(span.attributes).to.include({
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.cache_read.input_tokens': 90,
      'gen_ai.usage.output_tokens': 5,
      'gen_ai.usage.cost': 0.25,
    });
  });
});
