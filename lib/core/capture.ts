import type { SpanContext } from '@opentelemetry/api';
import { countGuarded } from './guard.js';
import { copiedBytes, snapshot } from './snapshot.js';
import { state } from './state.js';

/** Content of one call by kind: captured arguments, results and messages (JSON-safe copies). */
export type CallContent = Record<string, unknown>;

type Late = () => Readonly<CallContent>;

// What is worked out from copies when the first destination asks. A symbol, so that nobody takes it for content.
const LATE = Symbol.for('spanwright.content.late');

// What the span shows as marks, by the names of its attributes: for destinations that may see it as it was.
const HIDDEN = Symbol.for('spanwright.content.hidden');
// The most that any destination may see of this call.
const MOST = Symbol.for('spanwright.content.most');

/** What a call sent that nobody may see but by its digest. */
export const SENT = Symbol.for('spanwright.content.sent');
/** What came back of it. */
export const RECEIVED = Symbol.for('spanwright.content.received');

/** Tells whether any destination or capture wants content; nothing is copied while it is false. */
export function isContentWanted(): boolean {
  return state.contentReaders > 0;
}

/** What an attribute was, and the mark that the span shows of it. */
export interface HiddenFact {
  readonly was: unknown;
  readonly shown: unknown;
}

// The fields that hold items of a stream.
const STREAMED = Symbol.for('spanwright.content.streamed');

// What the copies take of memory, for the bounds of the queues.
const BYTES = Symbol.for('spanwright.content.bytes');

/** Content with what belongs to it and is none. */
export type Kept = CallContent & {
  [LATE]?: Late[];
  [HIDDEN]?: Record<string, HiddenFact>;
  [MOST]?: string;
  [STREAMED]?: string[];
  [BYTES]?: number;
  [SENT]?: unknown;
  [RECEIVED]?: unknown;
};

function contentFor(key: SpanContext): Kept {
  let content = state.content.get(key);
  if (content === undefined) {
    content = {};
    state.content.set(key, content);
  }
  return content;
}

function noteBytes(content: Kept, bytes: number): void {
  content[BYTES] = (content[BYTES] ?? 0) + bytes;
}

/** Copies a value for the content of a span; what the copy takes of memory is counted there. */
export function copyFor(key: SpanContext, value: unknown, maxDepth = 8): unknown {
  const before = copiedBytes();
  const copy = snapshot(value, { maxBytes: state.maxCaptureBytes, maxDepth });
  noteBytes(contentFor(key), copiedBytes() - before);
  return copy;
}

function bytesOf(content: Kept | undefined): number {
  return content?.[BYTES] ?? 0;
}

/** Bytes of memory that the content of a span takes, as an estimate. */
export function contentBytesOf(key: SpanContext): number {
  return bytesOf(state.content.get(key));
}

/** Copies a value now and keeps it beside the span. The span itself never holds it. */
export function captureContent(key: SpanContext, field: string, value: unknown): void {
  contentFor(key)[field] = copyFor(key, value);
}

/** Keeps the items that a stream gave, each of which was copied. */
export function captureStream(key: SpanContext, field: string, items: readonly unknown[]): void {
  captureContent(key, field, items);
  (contentFor(key)[STREAMED] ??= []).push(field);
}

/** Tells whether a field holds the items of a stream. */
export function isStreamed(content: Kept | undefined, field: string): boolean {
  return content?.[STREAMED]?.includes(field) === true;
}

/** Copies a value of which destinations at tier `digest` get the digest, and the others nothing. */
export function captureForDigest(key: SpanContext, field: typeof SENT | typeof RECEIVED, value: unknown): void {
  const copy = copyFor(key, value);
  // Of an object of a class the copy is the name of it, and a digest of that tells nothing.
  if (typeof value !== 'object' || value === null || typeof copy === 'object') contentFor(key)[field] = copy;
}

/**
 * Keeps a function that makes content out of copies; it runs once, when the span leaves, and never in the call. `bytes` is what
 * it holds beside copies that were counted when they were made.
 */
export function captureLate(key: SpanContext, read: Late, bytes = 0): void {
  const content = contentFor(key);
  (content[LATE] ??= []).push(read);
  if (bytes > 0) noteBytes(content, bytes);
}

/** The content kept for a span, if any. */
export function contentOf(key: SpanContext): CallContent | undefined {
  const content: Kept | undefined = state.content.get(key);
  const late = content?.[LATE];
  if (content === undefined || late === undefined) return content;
  delete content[LATE];
  for (const read of late) {
    try {
      Object.assign(content, read());
    } catch (error) {
      countGuarded('PIPELINE', error);
    }
  }
  return content;
}

/** Keeps what attributes were before the span got marks in their place. */
export function keepHidden(key: SpanContext, hidden: Readonly<Record<string, HiddenFact>>): void {
  Object.assign((contentFor(key)[HIDDEN] ??= {}), hidden);
}

/** The attributes that the span shows as marks, by name. */
export function hiddenOf(content: Kept | undefined): Readonly<Record<string, HiddenFact>> | undefined {
  return content?.[HIDDEN];
}

/** Sets the tier beyond which no destination sees this call. */
export function limitContent(key: SpanContext, tier: string): void {
  contentFor(key)[MOST] = tier;
}

/** The tier beyond which no destination sees a call; undefined where the call has no say. */
export function limitOf(content: Kept | undefined): string | undefined {
  return content?.[MOST];
}
