// Chat completions as OpenAI's client hands them out: the same fields, texts of the wanted length.
const SENTENCE = 'The carrier says that parcel 4711 left Rotterdam on Tuesday and reaches Lyon within two days. ';

export function text(length) {
  return SENTENCE.repeat(Math.ceil(length / SENTENCE.length)).slice(0, length);
}

function request(messages, stream) {
  return {
    model: 'gpt-4o',
    messages,
    max_tokens: 4096,
    temperature: 0.2,
    ...(stream ? { stream: true, stream_options: { include_usage: true } } : {}),
  };
}

const usage = (input, output) => ({
  prompt_tokens: input,
  completion_tokens: output,
  total_tokens: input + output,
  prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
  completion_tokens_details: {
    reasoning_tokens: 0,
    audio_tokens: 0,
    accepted_prediction_tokens: 0,
    rejected_prediction_tokens: 0,
  },
});

const head = { id: 'chatcmpl-BGyhLrKtS0pVnVyJYgR3tyzyxQqKl', created: 1743517995, model: 'gpt-4o-2024-08-06' };

function answer(content) {
  return {
    ...head,
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, refusal: null, annotations: [] },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: usage(1024, content.length >> 2),
    service_tier: 'default',
    system_fingerprint: 'fp_3b0f8b0d4d',
  };
}

function chunk(choices, counts) {
  return {
    id: head.id,
    object: 'chat.completion.chunk',
    created: head.created,
    model: head.model,
    service_tier: 'default',
    system_fingerprint: 'fp_3b0f8b0d4d',
    choices,
    usage: counts,
  };
}

const part = (delta, finish) => chunk([{ index: 0, delta, logprobs: null, finish_reason: finish }], null);

/**
 * An answer in pieces of four characters, which is what a token comes to. The chunks are made as they are read, as a client
 * makes them: those of a list made before would be read from cold memory.
 */
export function chunksOf(content) {
  const pieces = [];
  for (let at = 0; at < content.length; at += 4) pieces.push(content.slice(at, at + 4));
  const last = usage(1024, content.length >> 2);
  return {
    length: pieces.length + 3,
    *[Symbol.iterator]() {
      yield part({ role: 'assistant', content: '', refusal: null }, null);
      for (const piece of pieces) yield part({ content: piece }, null);
      yield part({}, 'stop');
      yield chunk([], last);
    },
  };
}

function exchange(messages, answerLength) {
  const content = text(answerLength);
  return {
    request: request(messages, false),
    streamRequest: request(messages, true),
    answer: answer(content),
    chunks: chunksOf(content),
  };
}

function talk(count, length) {
  return Array.from({ length: count }, (_, index) => ({
    role: index === 0 ? 'system' : index % 2 === 1 ? 'user' : 'assistant',
    content: text(length),
  }));
}

/** The exchanges that are measured, by what they are called in the report. */
export const exchanges = {
  '2 KiB': exchange(talk(2, 700), 600),
  '200 KiB, 6 messages': exchange(talk(6, 32_700), 8_000),
  '200 KiB, 400 messages': exchange(talk(400, 490), 8_000),
};
