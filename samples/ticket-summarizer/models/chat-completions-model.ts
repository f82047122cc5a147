import { OpenAI } from 'openai';
import type { ClientOptions } from 'openai';

import type { Prompt } from '../prompt.js';
import { ModelAnswerError } from '../sample-error.js';
import { TIMEOUT_MS } from './chat-model.js';
import type { ChatModel } from './chat-model.js';
import { readStream, readWhole } from './model-failure.js';

export type WholeRequest = OpenAI.ChatCompletionCreateParamsNonStreaming;
export type StreamRequest = OpenAI.ChatCompletionCreateParamsStreaming;
type Chunk = OpenAI.ChatCompletionChunk;

// A retry inside the client would hide a failure from the trace.
export const CLIENT_OPTIONS = { timeout: TIMEOUT_MS, maxRetries: 0, logLevel: 'off' } as const;

export function createOpenAi(options: ClientOptions): OpenAI {
  return new OpenAI({ ...CLIENT_OPTIONS, ...options });
}

/** A model behind OpenAI's chat completions; who hosts it decorates the two calls. */
export abstract class ChatCompletionsModel implements ChatModel {
  readonly #openai: OpenAI;
  readonly #model: string;

  constructor(openai: OpenAI, model: string) {
    this.#openai = openai;
    this.#model = model;
  }

  async ask(prompt: Prompt, stream: boolean): Promise<string> {
    const request = toChatRequest(this.#model, prompt);
    if (!stream) return contentOf(await this.chat(request));
    let text = '';
    for await (const chunk of this.streamChat({ ...request, stream: true, stream_options: { include_usage: true } })) {
      text += firstChoice(chunk)?.delta?.content ?? '';
    }
    return text;
  }

  chat(request: WholeRequest): Promise<OpenAI.ChatCompletion> {
    return readWhole(() => this.#openai.chat.completions.create(request));
  }

  streamChat(request: StreamRequest): AsyncGenerator<Chunk> {
    return readStream(
      () => this.#openai.chat.completions.create(request),
      (chunk) => firstChoice(chunk)?.finish_reason != null,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

/** A prompt as chat completions take it. */
export function toChatRequest(model: string, prompt: Prompt): WholeRequest {
  return {
    model,
    response_format: { type: 'json_object' },
    messages: [
      { role: 'system', content: prompt.system },
      { role: 'user', content: prompt.user },
    ],
  };
}

/** The text of a whole answer; a server that is no chat API may answer 200 with anything. */
export function contentOf(completion: unknown): string {
  const choices = (completion as Partial<OpenAI.ChatCompletion> | null)?.choices;
  const content = Array.isArray(choices) ? choices[0]?.message?.content : undefined;
  if (typeof content !== 'string') throw new ModelAnswerError('the model server answered without a message');
  return content;
}

function firstChoice(chunk: Partial<Chunk>): OpenAI.ChatCompletionChunk.Choice | undefined {
  return chunk.choices?.find(({ index }) => index === 0);
}
