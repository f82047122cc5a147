import { SpanStatusCode } from '@opentelemetry/api';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { health, recordLlmCall } from 'spanwright';
import { spansOf } from '../decorators/captured.js';
import { columnOf, inputOf } from './span-columns.js';

describe('recordLlmCall with rows of a batch', () => {
  const body = { model: 'gpt-4o', messages: [{ role: 'user', content: 'q' }] };
  const answer = {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'a' } }],
    usage: { prompt_tokens: 10, completion_tokens: 5 },
  };
  const message = {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    content: [{ type: 'text', text: 'a' }],
    stop_reason: 'end_turn',
    usage: { input_tokens: 10, output_tokens: 5 },
  };
  const asked = { custom_id: 'one', method: 'POST', url: '/v1/chat/completions', body };
  const params = { model: 'claude-x', max_tokens: 5, messages: body.messages };

  it('takes whole lines of OpenAI and of Anthropic', async () => {
    const openai = { id: 'batch_req_1', custom_id: 'one', response: { status_code: 200, body: answer }, error: null };
    const claude = { custom_id: 'one', result: { type: 'succeeded', message } };
    const spans = await spansOf(() => {
      recordLlmCall(asked, openai);
      recordLlmCall({ custom_id: 'one', params }, claude);
    });
    expect(spans.map(({ name }) => name)).to.deep.equal(['chat gpt-4o', 'chat claude-x']);
    expect(columnOf(spans, 'response.id')).to.deep.equal(['chatcmpl-1', 'msg_1']);
    expect(columnOf(spans, 'usage.input_tokens')).to.deep.equal([10, 10]);
    expect(inputOf(spans[1])).to.have.nested.property('[0].parts[0].content', 'q');
  });

  it('fails where the line says so', async () => {
    const before = health().unrecognisedResponses;
    const refused = { error: { message: 'too long', type: 'invalid_request_error', code: null } };
    const error = { type: 'error', error: { type: 'overloaded_error', message: 'busy' } };
    const spans = await spansOf(() => {
      recordLlmCall(asked, { custom_id: 'one', response: { status_code: 400, body: refused }, error: null });
      recordLlmCall(asked, { custom_id: 'one', response: null, error: { code: 'batch_expired', message: 'late' } });
      recordLlmCall({ custom_id: 'one', params }, { custom_id: 'one', result: { type: 'errored', error } });
      recordLlmCall({ custom_id: 'one', params }, { custom_id: 'one', result: { type: 'expired' } });
    });
    expect(spans.map(({ attributes }) => attributes['error.type'])).to.deep.equal([
      '400',
      'batch_expired',
      'overloaded_error',
      'expired',
    ]);
    expect(spans.map(({ status }) => status.code)).to.deep.equal(Array(4).fill(SpanStatusCode.ERROR));
    expect(spans[0]?.events[0]?.attributes).to.not.have.property('exception.stacktrace');
    expect(health().unrecognisedResponses).to.equal(before);
  });

  it('stands lists and rows of anything', async () => {
    const thing = fc.anything({ withNullPrototype: true });
    const some = fc.array(
      fc.oneof(
        thing,
        fc.record({
          type: fc.constantFrom('ai', 'human', 'message'),
          content: thing,
          data: thing,
          usage: thing,
          output: thing,
        }),
      ),
      { maxLength: 4 },
    );
    await spansOf(() => {
      fc.assert(
        fc.property(
          fc.constantFrom('steps', 'messages', 'rawResponses', 'newItems'),
          some,
          thing,
          (name, list, other) => {
            recordLlmCall(other, { [name]: list, input: other, rawResponses: list });
            recordLlmCall(list, list);
            recordLlmCall({ messages: list }, { messages: [other, ...list] });
            recordLlmCall(other, { custom_id: 'x', response: other, error: other });
            recordLlmCall(other, { custom_id: 'x', result: { type: 'errored', error: other } });
          },
        ),
        { numRuns: 150 },
      );
    });
    expect(health().guarded['HOOK_FACET'] ?? 0).to.equal(0);
  });
});
