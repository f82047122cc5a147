import type { CallRecord } from '../genai/record.js';
import type { CallOptions } from './options.js';

/** A prompt that is kept under a name, as prompt stores do. */
export interface PromptReference {
  readonly name: string;
  readonly version?: string;
  /** What was filled in; content, so that destinations see it by their tier. */
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** What can be said of a model beforehand. */
export interface ModelOptions {
  /**
   * `openai`, `azure`, `anthropic`, `gemini`, `vertex`, `bedrock`, `mistral`, `groq`, `cohere`, `together`, `openrouter`,
   * `ollama`, or any value of `gen_ai.provider.name`. Default: found by the shape of request and answer.
   */
  provider?: string;
  /** The model, where the request does not name it. */
  model?: string;
}

/** Options of `LlmCall` and `EmbeddingCall`. */
export interface ModelCallOptions<Args extends unknown[] = never, R = unknown>
  extends CallOptions<Args, R>, ModelOptions {
  /** The span's name. Default by the conventions: `chat gpt-4o`. */
  name?: string | ((this: never, ...args: Args) => string);
  /** Picks the request, where it is not among the first three arguments as the client takes it. */
  request?: (this: never, ...args: Args) => unknown;
  /** Says what the answer says, where its shape is not known or not to be trusted; beats what was found. Name its result's type: `(text: string): CallRecord => …`. */
  extract?: (this: never, result: R) => CallRecord | undefined;
  /** True when the answer came from a cache: its tokens stay on the span and count in no metric and no cost. */
  cached?: (this: never, result: R) => boolean;
}

/** Options of `LlmCall`. */
export interface LlmCallOptions<Args extends unknown[] = never, R = unknown> extends ModelCallOptions<Args, R> {
  /** `chat` (default), `text_completion`, `generate_content`; where the exchange does not tell. */
  operation?: 'chat' | 'text_completion' | 'generate_content';
  /** Where the prompt came from. */
  prompt?: PromptReference | ((this: never, ...args: Args) => PromptReference | undefined);
}
