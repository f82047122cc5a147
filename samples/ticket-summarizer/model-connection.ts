import { OpenAI } from 'openai';

import type { ModelProvider, SampleOptions } from './command-line.js';
import { ModelClient } from './model-client.js';
import { createChatApi } from './offline/chat-api.js';
import { startLoopbackServer } from './offline/loopback-server.js';
import { InputError } from './sample-error.js';

const OFFLINE_MODEL = 'offline-rules';
const OPENAI_MODEL = 'gpt-4o-mini';
const TIMEOUT_MS = 60_000;

export interface ModelConnection extends AsyncDisposable {
  readonly provider: ModelProvider;
  readonly client: ModelClient;
}

/** Connects to OpenAI, or whatever speaks its API at `OPENAI_BASE_URL`; without either it starts the offline model. */
export async function connectModel(options: SampleOptions, env: NodeJS.ProcessEnv): Promise<ModelConnection> {
  const hasServer = Boolean(env['OPENAI_API_KEY'] || env['OPENAI_BASE_URL']);
  const provider = options.modelProvider ?? (hasServer ? 'openai' : 'offline');
  if (provider === 'offline') return await startOfflineModel(env['OPENAI_MODEL'] || OFFLINE_MODEL);
  if (!hasServer) throw new InputError('--model-provider openai: set OPENAI_API_KEY or OPENAI_BASE_URL');
  // A model server of one's own often wants no key; the client does.
  const openai = createClient(env['OPENAI_API_KEY'] || 'none', env['OPENAI_BASE_URL']);
  return {
    provider,
    client: new ModelClient(openai, env['OPENAI_MODEL'] || OPENAI_MODEL),
    async [Symbol.asyncDispose]() {},
  };
}

async function startOfflineModel(model: string): Promise<ModelConnection> {
  const server = await startLoopbackServer(createChatApi());
  const openai = createClient('offline', new URL('/v1', server.url).href);
  return {
    provider: 'offline',
    client: new ModelClient(openai, model),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function createClient(apiKey: string, baseURL: string | undefined): OpenAI {
  return new OpenAI({
    apiKey,
    ...(baseURL && { baseURL }),
    timeout: TIMEOUT_MS,
    // A retry inside the client would hide a failure from the trace.
    maxRetries: 0,
    logLevel: 'off',
  });
}
