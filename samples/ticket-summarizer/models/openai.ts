import type { OpenAI } from 'openai';
import { AuditedCall, LlmCall } from 'spanwright';

import { InputError } from '../sample-error.js';
import { ChatCompletionsModel, createOpenAi } from './chat-completions-model.js';
import type { StreamRequest, WholeRequest } from './chat-completions-model.js';
import type { ChatModel, ModelSettings } from './chat-model.js';

/** OpenAI, or whoever speaks its API at `OPENAI_BASE_URL`: the answer tells which. */
class OpenAiModel extends ChatCompletionsModel {
  @LlmCall()
  @AuditedCall({ callType: 'llm' })
  override chat(request: WholeRequest): Promise<OpenAI.ChatCompletion> {
    return super.chat(request);
  }

  @LlmCall()
  @AuditedCall({ callType: 'llm' })
  override streamChat(request: StreamRequest): AsyncGenerator<OpenAI.ChatCompletionChunk> {
    return super.streamChat(request);
  }
}

export function connectOpenAi({ model, env }: ModelSettings): ChatModel {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseURL, OPENAI_MODEL: usual } = env;
  if (!apiKey && !baseURL) throw new InputError('--model-provider openai: set OPENAI_API_KEY or OPENAI_BASE_URL');
  // A model server of one's own often wants no key; the client does.
  const openai = createOpenAi({ apiKey: apiKey || 'none', ...(baseURL && { baseURL }) });
  return new OpenAiModel(openai, model ?? (usual || 'gpt-4o-mini'));
}
