import { Anthropic } from '@anthropic-ai/sdk';
import { AuditedCall, LlmCall } from 'spanwright';

import type { Prompt } from '../prompt.js';
import { ModelAnswerError } from '../sample-error.js';
import { readVariables, TIMEOUT_MS } from './chat-model.js';
import type { ChatModel, ModelSettings } from './chat-model.js';
import { readStream, readWhole } from './model-failure.js';

const MODEL = 'claude-haiku-4-5';
const MAX_TOKENS = 1024;

type WholeRequest = Anthropic.MessageCreateParamsNonStreaming;
type StreamRequest = Anthropic.MessageCreateParamsStreaming;

/** Anthropic's Messages. */
class AnthropicModel implements ChatModel {
  readonly #anthropic: Anthropic;
  readonly #model: string;

  constructor(anthropic: Anthropic, model: string) {
    this.#anthropic = anthropic;
    this.#model = model;
  }

  async ask({ system, user }: Prompt, stream: boolean): Promise<string> {
    const request: WholeRequest = {
      model: this.#model,
      max_tokens: MAX_TOKENS,
      system,
      messages: [{ role: 'user', content: user }],
    };
    if (!stream) return textOf(await this.createMessage(request));
    let text = '';
    for await (const event of this.streamMessage({ ...request, stream: true })) {
      if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') text += event.delta.text;
    }
    return text;
  }

  @LlmCall({ provider: 'anthropic' })
  @AuditedCall({ callType: 'llm' })
  createMessage(request: WholeRequest): Promise<Anthropic.Message> {
    return readWhole(() => this.#anthropic.messages.create(request));
  }

  @LlmCall({ provider: 'anthropic' })
  @AuditedCall({ callType: 'llm' })
  streamMessage(request: StreamRequest): AsyncGenerator<Anthropic.RawMessageStreamEvent> {
    return readStream(
      () => this.#anthropic.messages.create(request),
      ({ type }) => type === 'message_stop',
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

export function connectAnthropic({ model, env }: ModelSettings): ChatModel {
  const { ANTHROPIC_API_KEY: apiKey } = readVariables('anthropic', env, 'ANTHROPIC_API_KEY');
  const { ANTHROPIC_BASE_URL: baseURL } = env;
  const anthropic = new Anthropic({
    apiKey,
    ...(baseURL && { baseURL }),
    timeout: TIMEOUT_MS,
    // A retry inside the client would hide a failure from the trace.
    maxRetries: 0,
    logLevel: 'off',
    // The client makes a span of its own for each call; the tree has one already.
    openTelemetry: false,
  });
  return new AnthropicModel(anthropic, model ?? MODEL);
}

function textOf({ content }: Partial<Anthropic.Message>): string {
  if (!Array.isArray(content)) throw new ModelAnswerError('the model server answered without a message');
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}
