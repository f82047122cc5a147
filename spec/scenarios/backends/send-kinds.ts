// One trace with a call of every kind, sent to several backends. Usage: node send-kinds.js <JSON of addresses by backend>
// <JSON of options that each gets>; prints its spans and what became of them.
import { SpanStatusCode } from '@opentelemetry/api';
import {
  AgentCall,
  configureTracing,
  EmbeddingCall,
  LlmCall,
  PolicyCheck,
  RetrievalCall,
  ToolCall,
  withContext,
  Workflow,
} from 'spanwright';
import type { CommonDestinationOptions } from 'spanwright';

import { destinationsFor } from './destinations.js';
import type { Addresses } from './destinations.js';

const [addresses = '{}', options = '{}'] = process.argv.slice(2);

const TOOL_CALL = { id: 'call_1', type: 'function', function: { name: 'lookup', arguments: '{"id":7}' } };
const PARAMETERS = { type: 'object', properties: { id: { type: 'number' } } };
const TOOLS = [{ type: 'function', function: { name: 'lookup', description: 'looks up', parameters: PARAMETERS } }];
const ASKED = { role: 'assistant', content: null, tool_calls: [TOOL_CALL] };

class Desk {
  @Workflow({ name: 'desk_day' })
  async day(question: string): Promise<string> {
    return await withContext({ conversationId: 'conversation-1' }, () => this.answer(question));
  }

  @AgentCall({ name: 'desk', description: 'answers questions' })
  async answer(question: string): Promise<string> {
    await this.find(question);
    await this.embed({ model: 'text-embedding-3-small', input: [question] });
    const messages = [
      { role: 'system', content: 'be kind' },
      { role: 'user', content: question },
    ];
    await this.ask({ model: 'gpt-4o', temperature: 0.2, tools: TOOLS, messages });
    const found = await this.lookup(7);
    const result = { role: 'tool', tool_call_id: 'call_1', content: JSON.stringify(found) };
    const answer = await this.conclude({ model: 'gpt-4o', tools: TOOLS, messages: [...messages, ASKED, result] });
    await this.fail({ model: 'gpt-4o', messages }).catch(() => undefined);
    this.allows(true);
    return String(answer.choices[0]?.message.content);
  }

  @RetrievalCall({ dataSource: 'runbooks', topK: 2 })
  async find(query: string): Promise<object[]> {
    return [
      { id: 'a', score: 0.9, text: `about ${query}`, metadata: { page: 1 } },
      { id: 'b', score: 0.5, text: 'more' },
    ];
  }

  @EmbeddingCall({ provider: 'openai' })
  async embed(request: { model: string; input: string[] }): Promise<object> {
    const data = [{ object: 'embedding', index: 0, embedding: [0.1, 0.2] }];
    return { object: 'list', data, model: request.model, usage: { prompt_tokens: 4, total_tokens: 4 } };
  }

  @LlmCall({ provider: 'openai' })
  async ask(_request: object): Promise<object> {
    const usage = { prompt_tokens: 100, completion_tokens: 20, prompt_tokens_details: { cached_tokens: 64 } };
    return answerOf('chatcmpl-1', { index: 0, finish_reason: 'tool_calls', message: ASKED }, usage);
  }

  @LlmCall({ provider: 'openai' })
  async conclude(_request: object) {
    const message = { role: 'assistant', content: 'The ticket is open.' };
    const usage = { prompt_tokens: 130, completion_tokens: 6 };
    return answerOf('chatcmpl-2', { index: 0, finish_reason: 'stop', message }, usage);
  }

  @LlmCall({ provider: 'openai' })
  async fail(_request: object): Promise<object> {
    throw new RangeError('no answer');
  }

  @ToolCall({ name: 'lookup', callId: () => 'call_1', description: 'looks up' })
  async lookup(id: number): Promise<object> {
    return { id, state: 'open' };
  }

  @PolicyCheck
  allows(verdict: boolean): boolean {
    return verdict;
  }
}

function answerOf<T, U>(id: string, choice: T, usage: U) {
  return { id, object: 'chat.completion', model: 'gpt-4o-2024-08-06', choices: [choice], usage };
}

const sent = destinationsFor(JSON.parse(addresses) as Addresses);
await using tracing = configureTracing({
  serviceName: 'desk',
  destinations: [
    ...sent.map((destination) => ({ ...destination, ...(JSON.parse(options) as CommonDestinationOptions) })),
    { provider: 'memory' },
  ],
});
await new Desk().day('What is the state of the ticket?');
await tracing.flush(50_000);
const spans = tracing.finishedSpans().map((span) => ({
  ...span.spanContext(),
  parentSpanId: span.parentSpanContext?.spanId ?? '',
  name: span.name,
  isFailed: span.status.code === SpanStatusCode.ERROR,
}));
console.log(JSON.stringify({ spans, destinations: tracing.health().destinations }));
