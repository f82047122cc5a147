/** A message as a backend shows it. */
export interface ShownMessage {
  readonly role: string;
  readonly text: string;
}

/** What a backend says about a call to a model. */
export interface ShownCall {
  readonly model: unknown;
  readonly inputTokens: unknown;
  readonly outputTokens: unknown;
  readonly finishReason: unknown;
  /** Absent where it shows none. */
  readonly input?: readonly ShownMessage[];
  readonly output?: string;
}

/** A span as a backend shows it. */
export interface ShownSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for the root. */
  readonly parentSpanId: string;
  readonly name: string;
  readonly isFailed: boolean;
  /** What it shows beside, by its own names. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** What the backend takes the span for, in its own words; `none` when it says nothing. */
  readonly kind: string;
  /** Present on a span that the backend takes for a call to a model. */
  readonly call?: ShownCall;
}

/** A trace as a backend gives it back. */
export interface ShownTrace {
  readonly spans: readonly ShownSpan[];
  /** The tokens of all calls, where the backend adds them up by itself. */
  readonly total?: { readonly inputTokens: unknown; readonly outputTokens: unknown };
  /** All that the backend told about it, as text. */
  readonly raw: string;
}

/** A message of the conventions: a role, and parts with content. */
export interface ConventionMessage {
  readonly role: string;
  readonly parts: ReadonlyArray<{ readonly content?: unknown }>;
}

/** A value that is a text; else another. */
export function textOr(value: unknown, other: string): string {
  return typeof value === 'string' ? value : other;
}

/** The text of a message of the conventions. */
export function toShownMessage({ role, parts }: ConventionMessage): ShownMessage {
  return { role, text: parts.map(({ content }) => textOr(content, '')).join('') };
}
