import type { OpenAI } from 'openai';
import { AuditedCall, LlmCall } from 'spanwright';

import { createChatApi } from '../offline/chat-api.js';
import { startLoopbackServer } from '../offline/loopback-server.js';
import type { LoopbackServer } from '../offline/loopback-server.js';
import { ChatCompletionsModel, createOpenAi } from './chat-completions-model.js';
import type { StreamRequest, WholeRequest } from './chat-completions-model.js';
import type { ChatModel, ModelSettings } from './chat-model.js';

const MODEL = 'offline-rules';

/** Fixed rules behind a loopback server; the real client talks to it, and the trace does not take it for OpenAI. */
class OfflineModel extends ChatCompletionsModel {
  readonly #server: LoopbackServer;

  constructor(server: LoopbackServer, model: string) {
    super(createOpenAi({ apiKey: 'offline', baseURL: new URL('/v1', server.url).href }), model);
    this.#server = server;
  }

  @LlmCall({ provider: 'offline' })
  @AuditedCall({ callType: 'llm' })
  override chat(request: WholeRequest): Promise<OpenAI.ChatCompletion> {
    return super.chat(request);
  }

  @LlmCall({ provider: 'offline' })
  @AuditedCall({ callType: 'llm' })
  override streamChat(request: StreamRequest): AsyncGenerator<OpenAI.ChatCompletionChunk> {
    return super.streamChat(request);
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await this.#server[Symbol.asyncDispose]();
  }
}

export async function connectOffline({ model, env }: ModelSettings): Promise<ChatModel> {
  return new OfflineModel(await startLoopbackServer(createChatApi()), model ?? (env['OPENAI_MODEL'] || MODEL));
}
