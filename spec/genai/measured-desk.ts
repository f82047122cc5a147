import type {
  ChatCompletion,
  ChatCompletionChunk,
  ChatCompletionCreateParams,
} from 'openai/resources/chat/completions';
import type { Stream } from 'openai/core/streaming';
import { currentCall, EmbeddingCall, LlmCall } from 'spanwright';
import { clientAt } from './clients/openai-client.js';

/** Calls to models whose metrics are looked at; `hooks` counts what runs for the span alone. */
export class MeasuredDesk {
  hooks = 0;

  constructor(readonly url: string) {}

  @LlmCall()
  chat(request: ChatCompletionCreateParams): PromiseLike<ChatCompletion> {
    return clientAt(this.url).chat.completions.create({ ...request, stream: false });
  }

  @LlmCall()
  stream(request: ChatCompletionCreateParams): PromiseLike<Stream<ChatCompletionChunk>> {
    return clientAt(this.url).chat.completions.create({ ...request, stream: true });
  }

  @LlmCall({ cached: () => true })
  async cached(request: ChatCompletionCreateParams): Promise<ChatCompletion> {
    return await clientAt(this.url).chat.completions.create({ ...request, stream: false });
  }

  @LlmCall({ cached: () => true })
  async cachedStream(request: ChatCompletionCreateParams): Promise<Stream<ChatCompletionChunk>> {
    return await clientAt(this.url).chat.completions.create({ ...request, stream: true });
  }

  @LlmCall()
  async recorded(request: ChatCompletionCreateParams): Promise<ChatCompletion> {
    currentCall()?.recordUsage({ outputTokens: 7 });
    return await clientAt(this.url).chat.completions.create({ ...request, stream: false });
  }

  @LlmCall({
    attributes(this: MeasuredDesk) {
      this.hooks++;
      return {};
    },
    onResult(this: MeasuredDesk) {
      this.hooks++;
    },
    prompt(this: MeasuredDesk) {
      this.hooks++;
      return { name: 'prompt' };
    },
    args(this: MeasuredDesk) {
      this.hooks++;
    },
    result(this: MeasuredDesk) {
      this.hooks++;
    },
  })
  hooked(request: ChatCompletionCreateParams): PromiseLike<ChatCompletion> {
    return clientAt(this.url).chat.completions.create({ ...request, stream: false });
  }

  @LlmCall({ attributes: { 'gen_ai.provider.name': 'mine', 'server.address': 'llm.example', 'server.port': 443 } })
  stated(request: ChatCompletionCreateParams): PromiseLike<ChatCompletion> {
    return clientAt(this.url).chat.completions.create({ ...request, stream: false });
  }

  @EmbeddingCall()
  embed(input: { model: string; input: string }): PromiseLike<unknown> {
    return clientAt(this.url).embeddings.create(input);
  }
}

/** Reads a stream to its end, and counts its chunks. */
export async function readAll(stream: PromiseLike<AsyncIterable<unknown>>): Promise<number> {
  let chunks = 0;
  for await (const chunk of await stream) if (chunk !== undefined) chunks++;
  return chunks;
}
