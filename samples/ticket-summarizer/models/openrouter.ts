import { AuditedCall, LlmCall } from 'spanwright';

import type { Prompt } from '../prompt.js';
import { ModelServerError } from '../sample-error.js';
import { contentOf, toChatRequest } from './chat-completions-model.js';
import type { WholeRequest } from './chat-completions-model.js';
import { readVariables, TIMEOUT_MS } from './chat-model.js';
import type { ChatModel, ModelSettings } from './chat-model.js';
import { readWhole } from './model-failure.js';

const MODEL = 'openai/gpt-4o-mini';
const BASE_URL = 'https://openrouter.ai/api/v1';
const MAX_SHOWN_CHARS = 200;

/** OpenRouter by plain HTTP, without a client: parsed JSON is recognised as well. It says what a call cost. */
class OpenRouterModel implements ChatModel {
  readonly #url: string;
  readonly #apiKey: string;
  readonly #model: string;

  constructor(url: string, apiKey: string, model: string) {
    this.#url = url;
    this.#apiKey = apiKey;
    this.#model = model;
  }

  async ask(prompt: Prompt): Promise<string> {
    return contentOf(await this.chat(toChatRequest(this.#model, prompt)));
  }

  @LlmCall({ provider: 'openrouter' })
  @AuditedCall({ callType: 'llm' })
  chat(request: WholeRequest): Promise<unknown> {
    return readWhole(() => this.#post(request));
  }

  async #post(request: WholeRequest): Promise<unknown> {
    const response = await fetch(this.#url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.#apiKey}` },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body = await response.text();
    if (response.ok) return JSON.parse(body);
    const what = `${response.status} ${body.slice(0, MAX_SHOWN_CHARS)}`;
    throw new ModelServerError(`the model server answered ${what}`, response.status);
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

export function connectOpenRouter({ model, env }: ModelSettings): ChatModel {
  const { OPENROUTER_API_KEY: apiKey } = readVariables('openrouter', env, 'OPENROUTER_API_KEY');
  const baseUrl = (env['OPENROUTER_BASE_URL'] || BASE_URL).replace(/\/+$/, '');
  return new OpenRouterModel(`${baseUrl}/chat/completions`, apiKey, model ?? MODEL);
}
