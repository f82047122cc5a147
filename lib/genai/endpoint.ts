import type { CallMessages, Operation, RequestFacts, ResponseFacts, Usage } from './record.js';

/** An object whose fields are read by name and never trusted. */
export type Json = Readonly<Record<string, unknown>>;

/** The facts of a request. */
export interface RequestReading {
  readonly request: RequestFacts;
  /** Where the request tells more than the endpoint does. */
  readonly provider?: string;
  readonly operation?: Operation;
}

/** The facts of an answer. */
export interface ResponseReading {
  readonly response: ResponseFacts;
  readonly usage?: Usage;
  /** The provider's own figure, in USD. */
  readonly costUsd?: number;
  /** Where the answer tells more than the endpoint does: an Azure answer has the shape of OpenAI's. */
  readonly provider?: string;
}

/** How many characters of content may still be kept. */
export interface ContentBudget {
  remaining: number;
  /** True once something was left out. */
  isCut: boolean;
}

/**
 * Puts the chunks of one stream together, as they pass. `add` is on the user's way to each chunk: it allocates nothing it
 * can do without, keeps no reference to a chunk, and takes text only from `budget`; facts (ids, usage, finish reasons) and
 * the structure go on when the budget is used up.
 */
export interface ChunkMerger {
  add(chunk: Json, budget: ContentBudget): void;
  /** The answer so far, in the shape that the endpoint's `readResponse` and `readOutput` take. May be asked at any time. */
  response(): Json;
}

/** How alike a value is to what an endpoint takes or gives; the highest wins, 0 is no match. */
export type Likeness = 0 | 1 | 2 | 3;

/**
 * One endpoint of one provider, as pure functions. They are given what a client or the wire hands out, or a structural
 * copy of it, and must stand anything: a missing field is left out, a field of another type is ignored, nothing throws on
 * plain data. `read…` of facts runs in the call and reads no content; `…Messages` run at export.
 */
export interface Endpoint {
  /** `openai.chat_completions`: provider and endpoint, unique; the row of docs/reference/providers.md. */
  readonly id: string;
  /** The value of `gen_ai.provider.name` where nothing says otherwise; absent where many hosts have the same endpoint. */
  readonly provider?: string;
  /** True where an answer says nothing of whose it is: it counts only after a request to the same provider. */
  readonly needsRequest?: boolean;
  /** What a user may name it by in `LlmCall({ provider })`, besides `provider`. */
  readonly aliases?: readonly string[];
  readonly operation: Operation;
  readonly apiType?: string;
  /** 3: only this endpoint has such a request; 1: others have it as well. */
  matchRequest(value: Json): Likeness;
  matchResponse(value: Json): Likeness;
  /** For streams: a chunk of this endpoint. */
  matchChunk?(value: Json): Likeness;
  readRequest(value: Json): RequestReading;
  readResponse(value: Json): ResponseReading;
  readInput(value: Json): CallMessages;
  readOutput(value: Json): CallMessages;
  /**
   * Plain data of a request or an answer, where a client hands out class instances or bytes; what it gives is what the
   * functions above are given. Reads known fields only and copies no content. Default: the value itself.
   */
  readonly toPlain?: (value: Json) => Json;
  createMerger?(): ChunkMerger;
}
