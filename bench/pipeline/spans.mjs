// The call that is traced: fifteen attributes and one prompt of 2 KiB.
import { SpanKind } from '@opentelemetry/api';
import { recordLlmCall } from 'spanwright';

import { promptOf } from './texts.mjs';

let count = 0;

/** Attributes made by hand, the prompt among them. */
export function startReady(tracer) {
  count++;
  const span = tracer.startSpan('chat gpt-4o', {
    kind: SpanKind.CLIENT,
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.request.temperature': 0.7,
      'gen_ai.request.max_tokens': 1024,
      'gen_ai.request.top_p': 1,
      'server.address': 'api.openai.com',
      'server.port': 443,
    },
  });
  span.setAttribute('gen_ai.response.model', 'gpt-4o-2024-08-06');
  span.setAttribute('gen_ai.response.id', `chatcmpl-${count}`);
  span.setAttribute('gen_ai.usage.input_tokens', 500 + (count & 255));
  span.setAttribute('gen_ai.usage.output_tokens', 120 + (count & 63));
  span.setAttribute('gen_ai.conversation.id', `conv-${count >> 4}`);
  span.setAttribute('enduser.id', `u-${count & 1023}`);
  span.setAttribute('gen_ai.input.messages', promptOf(count));
  return span;
}

/** The same facts out of a request and an answer; the prompt is kept beside the span. */
function record() {
  count++;
  const request = {
    model: 'gpt-4o',
    temperature: 0.7,
    max_tokens: 1024,
    top_p: 1,
    messages: [{ role: 'user', content: promptOf(count) }],
  };
  const answer = {
    id: `chatcmpl-${count}`,
    object: 'chat.completion',
    model: 'gpt-4o-2024-08-06',
    choices: [{ index: 0, message: { role: 'assistant', content: 'Done.' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 500 + (count & 255), completion_tokens: 120 + (count & 63) },
  };
  recordLlmCall(request, answer, {
    provider: 'openai',
    attributes: {
      'server.address': 'api.openai.com',
      'server.port': 443,
      'gen_ai.conversation.id': `conv-${count >> 4}`,
      'enduser.id': `u-${count & 1023}`,
    },
  });
}

/** What makes one span; `ready` or `record`. */
export function producerOf(kind, tracer) {
  return kind === 'record' ? record : () => startReady(tracer).end();
}
