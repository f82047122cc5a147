import type { ModelProvider, SampleOptions } from './command-line.js';
import { ModelClient } from './model-client.js';
import type { ConnectModel } from './models/chat-model.js';

// A vendor's client is loaded only for who chose it.
const CONNECTORS: Readonly<Record<ModelProvider, () => Promise<ConnectModel>>> = {
  offline: async () => (await import('./models/offline.js')).connectOffline,
  openai: async () => (await import('./models/openai.js')).connectOpenAi,
  azure: async () => (await import('./models/azure.js')).connectAzure,
  gemini: async () => (await import('./models/gemini.js')).connectGemini,
  anthropic: async () => (await import('./models/anthropic.js')).connectAnthropic,
  openrouter: async () => (await import('./models/openrouter.js')).connectOpenRouter,
  ollama: async () => (await import('./models/ollama.js')).connectOllama,
  replay: async () => (await import('./models/replay.js')).connectReplay,
};

/** Connects to the provider that was chosen; else to OpenAI's where the environment has it, else to the offline model. */
export async function connectModel(options: SampleOptions, env: NodeJS.ProcessEnv): Promise<ModelClient> {
  const hasOpenAi = Boolean(env['OPENAI_API_KEY'] || env['OPENAI_BASE_URL']);
  const provider = options.modelProvider ?? (hasOpenAi ? 'openai' : 'offline');
  const connect = await CONNECTORS[provider]();
  const { model, exchanges } = options;
  return new ModelClient(provider, await connect({ env, exchanges, ...(model !== undefined && { model }) }));
}
