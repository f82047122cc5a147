// A call to a model, told by its answer; prints what the span knows, and the warnings.
import { configureTracing, LlmCall } from 'spanwright';

const warnings = [];
const logger = { warn: ({ code }) => warnings.push(code) };
const tracing = configureTracing({ serviceName: 'desk', destinations: [{ provider: 'memory' }], logger });
const answer = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'gpt-4o-mini-2024-07-18',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Open the tray.' } }],
  usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
};
LlmCall.wrap(() => answer)({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'The printer jams.' }] });
const [{ name, attributes }] = tracing.finishedSpans();
void tracing.shutdown();
console.log(JSON.stringify({ name, tokens: attributes['gen_ai.usage.input_tokens'], warnings }));
