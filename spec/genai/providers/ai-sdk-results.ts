import { snapshot } from '#lib/core/snapshot.js';
import type { Json } from '#lib/genai/endpoint.js';
import { toPlainAiSdk } from '#lib/genai/providers/ai-sdk-plain.js';

// Shapes of the Vercel AI SDK, which is not installed: of its pages (also generate-object, model-message) and the types of
// `ai` 5 to 7.
// source: https://ai-sdk.dev/docs/reference/ai-sdk-core/generate-text, 2026-11-21
// source: https://ai-sdk.dev/docs/reference/ai-sdk-core/embed, 2026-11-21

/** A model as its package makes it: its provider is a getter. */
export class Model {
  readonly modelId: string;
  readonly config: Json;

  constructor(modelId: string, provider: string) {
    this.modelId = modelId;
    this.config = { provider };
  }

  get provider(): unknown {
    return this.config['provider'];
  }
}

/** A step of generateText: text and calls are getters over the content. */
export class Step {
  readonly content: readonly Json[];
  readonly finishReason: string;
  readonly usage: Json;
  readonly providerMetadata: Json | undefined;
  readonly model: Json | undefined;

  constructor(
    content: readonly Json[],
    finishReason: string,
    usage: Json,
    others: { providerMetadata?: Json; model?: Json } = {},
  ) {
    this.content = content;
    this.finishReason = finishReason;
    this.usage = usage;
    this.providerMetadata = others.providerMetadata;
    this.model = others.model;
  }

  get text(): string {
    return this.content.flatMap(({ type, text }) => (type === 'text' ? String(text) : [])).join('');
  }
}

/** The result of generateText: all fields are getters on the prototype, `output` throws without a specification. */
export class GenerateTextResult {
  readonly #steps: readonly Step[];
  readonly #totalUsage: Json;

  constructor(steps: readonly Step[], totalUsage: Json) {
    this.#steps = steps;
    this.#totalUsage = totalUsage;
  }

  get steps(): readonly Step[] {
    return this.#steps;
  }

  get content(): unknown {
    return this.#steps.at(-1)?.content;
  }

  get text(): unknown {
    return this.#steps.at(-1)?.text;
  }

  get finishReason(): unknown {
    return this.#steps.at(-1)?.finishReason;
  }

  get usage(): unknown {
    return this.#steps.at(-1)?.usage;
  }

  get totalUsage(): unknown {
    return this.#totalUsage;
  }

  get providerMetadata(): unknown {
    return this.#steps.at(-1)?.providerMetadata;
  }

  get response(): unknown {
    return {
      id: 'resp_1',
      modelId: 'gpt-5-2025-08-07',
      timestamp: new Date(0),
      messages: [],
      headers: { 'set-cookie': 'x' },
    };
  }

  get output(): unknown {
    throw new Error('No output specified');
  }
}

/** The result of streamText: every getter starts the stream. */
export class StreamTextResult {
  readonly read: string[] = [];

  #start(name: string): Promise<never> {
    this.read.push(name);
    return new Promise(() => {});
  }

  get text(): unknown {
    return this.#start('text');
  }

  get usage(): unknown {
    return this.#start('usage');
  }

  get finishReason(): unknown {
    return this.#start('finishReason');
  }

  get steps(): unknown {
    return this.#start('steps');
  }

  get response(): unknown {
    return this.#start('response');
  }

  get textStream(): unknown {
    return this.#start('textStream');
  }
}

/** Plain data, as content is read at export: copied, so that a getter that is left is found. */
export function plain(value: object): Json {
  return snapshot(toPlainAiSdk(value as Json)) as Json;
}
