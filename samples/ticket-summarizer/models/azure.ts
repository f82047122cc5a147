import { AzureOpenAI } from 'openai';
import type { OpenAI } from 'openai';
import { AuditedCall, LlmCall } from 'spanwright';

import { ChatCompletionsModel, CLIENT_OPTIONS } from './chat-completions-model.js';
import type { StreamRequest, WholeRequest } from './chat-completions-model.js';
import { readVariables } from './chat-model.js';
import type { ChatModel, ModelSettings } from './chat-model.js';

const API_VERSION = '2024-10-21';

/** Azure OpenAI; its answers tell, and a failed call has none, so that it is named here. */
class AzureModel extends ChatCompletionsModel {
  @LlmCall({ provider: 'azure' })
  @AuditedCall({ callType: 'llm' })
  override chat(request: WholeRequest): Promise<OpenAI.ChatCompletion> {
    return super.chat(request);
  }

  @LlmCall({ provider: 'azure' })
  @AuditedCall({ callType: 'llm' })
  override streamChat(request: StreamRequest): AsyncGenerator<OpenAI.ChatCompletionChunk> {
    return super.streamChat(request);
  }
}

export function connectAzure({ model, env }: ModelSettings): ChatModel {
  const { AZURE_OPENAI_ENDPOINT: endpoint, AZURE_OPENAI_API_KEY: apiKey } = readVariables(
    'azure',
    env,
    'AZURE_OPENAI_ENDPOINT',
    'AZURE_OPENAI_API_KEY',
  );
  // The model of a request is the name of a deployment.
  const deployment = model ?? readVariables('azure', env, 'AZURE_OPENAI_DEPLOYMENT').AZURE_OPENAI_DEPLOYMENT;
  const azure = new AzureOpenAI({
    ...CLIENT_OPTIONS,
    apiKey,
    apiVersion: env['OPENAI_API_VERSION'] || API_VERSION,
    deployment,
    // Not `endpoint`, which the client refuses when `OPENAI_BASE_URL` is set for another provider.
    baseURL: `${endpoint.replace(/\/+$/, '')}/openai`,
  });
  return new AzureModel(azure, deployment);
}
