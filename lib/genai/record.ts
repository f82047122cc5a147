import type { InputMessage, OutputMessage, Part, RetrievedDocument, ToolDefinition } from './messages.js';

/** What was asked for: parameters and no content. All optional, because a call may name none. */
export interface RequestFacts {
  readonly model?: string;
  readonly maxTokens?: number;
  readonly temperature?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly frequencyPenalty?: number;
  readonly presencePenalty?: number;
  readonly stopSequences?: readonly string[];
  readonly seed?: number;
  /** How many answers; absent when one. */
  readonly choiceCount?: number;
  /** True when the answer is streamed; absent otherwise. */
  readonly stream?: boolean;
  readonly reasoningLevel?: string;
  readonly previousResponseId?: string;
  readonly outputType?: 'text' | 'json' | 'image' | 'speech';
  readonly encodingFormats?: readonly string[];
  readonly dimensions?: number;
  readonly serviceTier?: string;
  readonly guardrailId?: string;
}

/** What the provider says of its answer, without content. */
export interface ResponseFacts {
  readonly id?: string;
  readonly model?: string;
  /** One for each choice, in the provider's own words. */
  readonly finishReasons?: readonly string[];
  readonly serviceTier?: string;
  readonly systemFingerprint?: string;
  readonly dimensions?: number;
}

/** Counts as the conventions mean them: parts are inside their whole, and nothing is invented that the provider does not say. */
export interface Usage {
  /** All input tokens, those read from and written to a cache included. */
  readonly inputTokens?: number;
  /** All output tokens, reasoning included. */
  readonly outputTokens?: number;
  /** Only where the provider says it. */
  readonly totalTokens?: number;
  readonly cacheReadTokens?: number;
  readonly cacheWriteTokens?: number;
  readonly reasoningTokens?: number;
  readonly inputAudioTokens?: number;
  readonly outputAudioTokens?: number;
  /** Billed units that are no tokens, such as Cohere's search units. */
  readonly searchUnits?: number;
}

/** What a call cost, in USD. */
export interface Cost {
  readonly usd: number;
  /** `provider` when the provider said it, else the price table and its version. */
  readonly source: string;
}

/** Content of a call in the neutral shape. */
export interface CallMessages {
  readonly system?: readonly Part[];
  readonly input?: readonly InputMessage[];
  readonly output?: readonly OutputMessage[];
  readonly tools?: readonly ToolDefinition[];
  readonly query?: string;
  readonly documents?: readonly RetrievedDocument[];
  /** Texts that were embedded. */
  readonly texts?: readonly string[];
}

/** The operations of the conventions, and `rerank`, which they do not name. */
export type Operation = 'chat' | 'text_completion' | 'generate_content' | 'embeddings' | 'retrieval' | 'rerank';

/**
 * The neutral record of a call to a model: what any provider's exchange comes down to, and all that a vocabulary knows.
 * Plain data, safe to keep: nothing in it is an object of the user's or of a client.
 */
export interface CallRecord {
  readonly operation?: Operation;
  /** A value of `gen_ai.provider.name`: `openai`, `anthropic`, `aws.bedrock`, … */
  readonly provider?: string;
  /** Which of a provider's interfaces: `chat_completions`, `responses`. */
  readonly apiType?: string;
  readonly request?: RequestFacts;
  readonly response?: ResponseFacts;
  readonly usage?: Usage;
  readonly cost?: Cost;
  readonly messages?: CallMessages;
}
