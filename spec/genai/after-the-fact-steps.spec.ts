import { expect } from 'chai';
import { recordLlmCall } from 'spanwright';
import { onlySpanOf, spansOf } from '../decorators/captured.js';
import { columnOf, inputOf, outputOf } from './span-columns.js';

describe('recordLlmCall with other lists of calls', () => {
  it("writes a span for each answer of OpenAI's agents, with what came before", async () => {
    // source: @openai/agents-core 0.20, dist/result.d.ts, dist/model.d.ts and JSON of its `Usage`.
    const usageOf = (input: number, output: number): object => ({
      requests: 1,
      inputTokens: input,
      outputTokens: output,
      totalTokens: input + output,
      inputTokensDetails: [{ cached_tokens: 4 }],
      outputTokensDetails: [{ reasoning_tokens: 1 }],
    });
    const call = {
      type: 'function_call',
      callId: 'c1',
      name: 'weather',
      arguments: '{"city":"Oslo"}',
      status: 'completed',
    };
    const said = { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Yes.' }] };
    class RunResult {
      get input(): string {
        return 'Rain?';
      }
      get newItems(): unknown[] {
        const output = { type: 'text', text: 'wet' };
        return [
          { rawItem: call },
          { rawItem: { type: 'function_call_result', callId: 'c1', name: 'weather', output } },
        ];
      }
      get rawResponses(): unknown[] {
        return [
          { usage: usageOf(10, 5), output: [call], responseId: 'resp_1', providerData: {} },
          { usage: usageOf(20, 7), output: [said], responseId: 'resp_2' },
        ];
      }
    }
    const spans = await spansOf(() => recordLlmCall({ model: 'gpt-5' }, new RunResult(), { provider: 'openai' }));
    expect(spans.map(({ name }) => name)).to.deep.equal(['chat gpt-5', 'chat gpt-5']);
    expect(columnOf(spans, 'usage.input_tokens')).to.deep.equal([10, 20]);
    expect(columnOf(spans, 'usage.cache_read.input_tokens')).to.deep.equal([4, 4]);
    expect(columnOf(spans, 'usage.reasoning.output_tokens')).to.deep.equal([1, 1]);
    expect(columnOf(spans, 'response.id')).to.deep.equal(['resp_1', 'resp_2']);
    expect(columnOf(spans, 'response.finish_reasons')).to.deep.equal([['tool_calls'], ['stop']]);
    const called = { type: 'tool_call', id: 'c1', name: 'weather', arguments: { city: 'Oslo' } };
    expect(inputOf(spans[1])).to.deep.equal([
      { role: 'user', parts: [{ type: 'text', content: 'Rain?' }] },
      { role: 'assistant', parts: [called] },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', response: { type: 'text', text: 'wet' } }] },
    ]);
    expect(outputOf(spans[1])).to.have.nested.property('[0].parts[0].content', 'Yes.');
  });

  it("reads the provider's own answer where OpenAI's agents keep it", async () => {
    const raw = {
      id: 'resp_1',
      object: 'response',
      model: 'gpt-5-2025',
      status: 'completed',
      output: [],
      usage: { input_tokens: 9, output_tokens: 1 },
    };
    const kept = {
      usage: { requests: 1, inputTokens: 9, outputTokens: 1 },
      output: [],
      responseId: 'resp_1',
      providerData: raw,
    };
    const span = await onlySpanOf(() => recordLlmCall({}, { input: 'q', rawResponses: [kept] }));
    expect(span.attributes).to.include({ 'gen_ai.response.model': 'gpt-5-2025', 'gen_ai.usage.input_tokens': 9 });
  });

  it('writes a span for each answer of Claude that is kept in a list of messages', async () => {
    const answer = (id: string, input: number): object => ({
      id,
      type: 'message',
      role: 'assistant',
      model: 'claude-x',
      stop_reason: 'end_turn',
      content: [{ type: 'text', text: id }],
      usage: { input_tokens: input, output_tokens: 1 },
    });
    const asked = { role: 'user', content: 'q' };
    const messages = [asked, answer('msg_1', 5), { role: 'user', content: 'more' }, answer('msg_2', 8)];
    const spans = await spansOf(() => recordLlmCall({ model: 'claude-x', messages: [asked] }, { messages }));
    expect(columnOf(spans, 'response.id')).to.deep.equal(['msg_1', 'msg_2']);
    expect(columnOf(spans, 'usage.input_tokens')).to.deep.equal([5, 8]);
    expect(inputOf(spans[1])).to.have.lengthOf(3);
  });

  it('hands each step of the AI SDK what the steps before it said', async () => {
    const usage = { inputTokens: 1, outputTokens: 1 };
    const call = { type: 'tool-call', toolCallId: 'c1', toolName: 'weather', input: {} };
    const found = { type: 'tool-result', toolCallId: 'c1', toolName: 'weather', output: 'wet' };
    const steps = [
      { text: '', finishReason: 'tool-calls', usage, content: [call, found] },
      { text: 'Yes.', finishReason: 'stop', usage, content: [{ type: 'text', text: 'Yes.' }] },
    ];
    const spans = await spansOf(() =>
      recordLlmCall({ model: 'openai/gpt-4o', prompt: 'Rain?' }, { ...steps[1], steps }),
    );
    expect(inputOf(spans[0])).to.have.lengthOf(1);
    expect(inputOf(spans[1])).to.deep.equal([
      { role: 'user', parts: [{ type: 'text', content: 'Rain?' }] },
      { role: 'assistant', parts: [{ type: 'tool_call', id: 'c1', name: 'weather', arguments: {} }] },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', response: 'wet' }] },
    ]);
  });
});
