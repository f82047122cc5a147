import { GoogleGenAI } from '@google/genai';
import type { GenerateContentParameters, GenerateContentResponse } from '@google/genai';
import { AuditedCall, LlmCall } from 'spanwright';

import type { Prompt } from '../prompt.js';
import { ModelAnswerError } from '../sample-error.js';
import { readVariables, TIMEOUT_MS } from './chat-model.js';
import type { ChatModel, ModelSettings } from './chat-model.js';
import { readStream, readWhole } from './model-failure.js';

const MODEL = 'gemini-2.5-flash';

/** Google's Gemini API. */
class GeminiModel implements ChatModel {
  readonly #gemini: GoogleGenAI;
  readonly #model: string;

  constructor(gemini: GoogleGenAI, model: string) {
    this.#gemini = gemini;
    this.#model = model;
  }

  async ask({ system, user }: Prompt, stream: boolean): Promise<string> {
    const request: GenerateContentParameters = {
      model: this.#model,
      contents: user,
      config: { systemInstruction: system, responseMimeType: 'application/json' },
    };
    if (!stream) return textOf(await this.generate(request));
    let text = '';
    for await (const chunk of this.streamGenerate(request)) text += chunk.text ?? '';
    return text;
  }

  @LlmCall({ provider: 'gemini' })
  @AuditedCall({ callType: 'llm' })
  generate(request: GenerateContentParameters): Promise<GenerateContentResponse> {
    return readWhole(() => this.#gemini.models.generateContent(request));
  }

  @LlmCall({ provider: 'gemini' })
  @AuditedCall({ callType: 'llm' })
  streamGenerate(request: GenerateContentParameters): AsyncGenerator<GenerateContentResponse> {
    return readStream(
      () => this.#gemini.models.generateContentStream(request),
      ({ candidates }) => candidates?.[0]?.finishReason !== undefined,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

export function connectGemini({ model, env }: ModelSettings): ChatModel {
  const { GEMINI_API_KEY: apiKey } = readVariables('gemini', env, 'GEMINI_API_KEY');
  const { GOOGLE_GEMINI_BASE_URL: baseUrl } = env;
  // Without `retryOptions` the client does not retry; a retry would hide a failure from the trace.
  const gemini = new GoogleGenAI({
    apiKey,
    vertexai: false,
    httpOptions: { timeout: TIMEOUT_MS, ...(baseUrl && { baseUrl }) },
  });
  return new GeminiModel(gemini, model ?? MODEL);
}

function textOf({ text }: GenerateContentResponse): string {
  if (text === undefined) throw new ModelAnswerError('the model server answered without a message');
  return text;
}
