import { Ollama } from 'ollama';
import type { ChatRequest, ChatResponse } from 'ollama';
import { AuditedCall, LlmCall } from 'spanwright';

import type { Prompt } from '../prompt.js';
import { ModelAnswerError } from '../sample-error.js';
import type { ChatModel, ModelSettings } from './chat-model.js';
import { readStream, readWhole } from './model-failure.js';

const MODEL = 'llama3.2';
const HOST = 'http://127.0.0.1:11434';

type WholeRequest = ChatRequest & { stream: false };
type StreamRequest = ChatRequest & { stream: true };

/** Ollama on this machine or at `OLLAMA_HOST`; it wants no key and costs nothing. */
class OllamaModel implements ChatModel {
  readonly #ollama: Ollama;
  readonly #model: string;

  constructor(ollama: Ollama, model: string) {
    this.#ollama = ollama;
    this.#model = model;
  }

  async ask({ system, user }: Prompt, stream: boolean): Promise<string> {
    const request = {
      model: this.#model,
      format: 'json',
      messages: [
        { role: 'system', content: system },
        { role: 'user', content: user },
      ],
    };
    if (!stream) return textOf(await this.chat({ ...request, stream: false }));
    let text = '';
    for await (const chunk of this.streamChat({ ...request, stream: true })) text += chunk.message?.content ?? '';
    return text;
  }

  @LlmCall({ provider: 'ollama' })
  @AuditedCall({ callType: 'llm' })
  chat(request: WholeRequest): Promise<ChatResponse> {
    return readWhole(() => this.#ollama.chat(request));
  }

  @LlmCall({ provider: 'ollama' })
  @AuditedCall({ callType: 'llm' })
  streamChat(request: StreamRequest): AsyncGenerator<ChatResponse> {
    return readStream(
      () => this.#ollama.chat(request),
      ({ done }) => done,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

export function connectOllama({ model, env }: ModelSettings): ChatModel {
  return new OllamaModel(new Ollama({ host: env['OLLAMA_HOST'] || HOST }), model ?? MODEL);
}

function textOf({ message }: Partial<ChatResponse>): string {
  if (typeof message?.content !== 'string') throw new ModelAnswerError('the model server answered without a message');
  return message.content;
}
