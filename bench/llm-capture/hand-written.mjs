// What a careful engineer writes by hand around a call of OpenAI's client: the facts by their names in the conventions and,
// where content is wanted, the messages as JSON. A span that does not record costs no JSON.
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

function fail(span, error) {
  span.recordException(error);
  span.setAttribute('error.type', error instanceof Error ? error.name : '_OTHER');
  span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
}

function opening(request) {
  return {
    kind: SpanKind.CLIENT,
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': request.model,
      'gen_ai.request.max_tokens': request.max_tokens,
      'gen_ai.request.temperature': request.temperature,
    },
  };
}

function writeUsage(span, usage) {
  span.setAttributes({
    'gen_ai.usage.input_tokens': usage.prompt_tokens,
    'gen_ai.usage.output_tokens': usage.completion_tokens,
    'gen_ai.usage.cache_read.input_tokens': usage.prompt_tokens_details.cached_tokens,
    'gen_ai.usage.reasoning.output_tokens': usage.completion_tokens_details.reasoning_tokens,
  });
}

function writeHead(span, { id, model, service_tier, system_fingerprint }, finishReasons) {
  span.setAttributes({
    'gen_ai.response.id': id,
    'gen_ai.response.model': model,
    'gen_ai.response.finish_reasons': finishReasons,
    'openai.response.service_tier': service_tier,
    'openai.response.system_fingerprint': system_fingerprint,
  });
}

const toMessage = ({ role, content }) => ({ role, parts: [{ type: 'text', content }] });

function writeAsked(span, { messages }) {
  span.setAttribute('gen_ai.input.messages', JSON.stringify(messages.map(toMessage)));
}

function writeAnswered(span, content, finish_reason) {
  span.setAttribute(
    'gen_ai.output.messages',
    JSON.stringify([{ ...toMessage({ role: 'assistant', content }), finish_reason }]),
  );
}

function whole(method, withContent) {
  const tracer = trace.getTracer('bench');
  return function complete(request) {
    return tracer.startActiveSpan(`chat ${request.model}`, opening(request), async (span) => {
      try {
        if (withContent && span.isRecording()) writeAsked(span, request);
        const answer = await method.call(this, request);
        if (span.isRecording()) {
          const finishReasons = answer.choices.map(({ finish_reason }) => finish_reason);
          writeHead(span, answer, finishReasons);
          writeUsage(span, answer.usage);
          if (withContent) writeAnswered(span, answer.choices[0].message.content, finishReasons[0]);
        }
        return answer;
      } catch (error) {
        fail(span, error);
        throw error;
      } finally {
        span.end();
      }
    });
  };
}

async function* follow(span, stream, withContent, started) {
  let head;
  let usage;
  let finishReason;
  let content = '';
  const recording = span.isRecording();
  try {
    for await (const chunk of stream) {
      if (recording) {
        if (head === undefined) {
          head = chunk;
          span.setAttribute('gen_ai.response.time_to_first_chunk', (performance.now() - started) / 1000);
        }
        const choice = chunk.choices[0];
        if (withContent) content += choice?.delta.content ?? '';
        finishReason = choice?.finish_reason ?? finishReason;
        usage = chunk.usage ?? usage;
      }
      yield chunk;
    }
  } catch (error) {
    fail(span, error);
    throw error;
  } finally {
    if (head !== undefined) {
      writeHead(span, head, [finishReason ?? 'unknown']);
      if (usage !== undefined) writeUsage(span, usage);
      if (withContent) writeAnswered(span, content, finishReason ?? 'unknown');
    }
    span.end();
  }
}

function streamed(method, withContent) {
  const tracer = trace.getTracer('bench');
  return function stream(request) {
    const started = performance.now();
    return tracer.startActiveSpan(`chat ${request.model}`, opening(request), async (span) => {
      try {
        if (withContent && span.isRecording()) writeAsked(span, request);
        return follow(span, await method.call(this, request), withContent, started);
      } catch (error) {
        fail(span, error);
        span.end();
        throw error;
      }
    });
  };
}

/** Wraps a method that resolves to a whole answer, or to a stream of chunks. */
export const handWritten = { whole, streamed };
