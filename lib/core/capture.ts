import type { SpanContext } from '@opentelemetry/api';
import { countGuarded } from './guard.js';
import { snapshot } from './snapshot.js';
import { state } from './state.js';

/** Content of one call by kind: captured arguments, results and messages (JSON-safe copies). */
export type CallContent = Record<string, unknown>;

type Late = () => Readonly<CallContent>;

// What is worked out from copies when the first destination asks. A symbol, so that nobody takes it for content.
const LATE = Symbol.for('spanwright.content.late');

/** Tells whether any destination or capture wants content; nothing is copied while it is false. */
export function isContentWanted(): boolean {
  return state.contentReaders > 0;
}

function contentFor(key: SpanContext): CallContent & { [LATE]?: Late[] } {
  let content = state.content.get(key);
  if (content === undefined) {
    content = {};
    state.content.set(key, content);
  }
  return content;
}

/** Copies a value now and keeps it beside the span. The span itself never holds it. */
export function captureContent(key: SpanContext, field: string, value: unknown): void {
  contentFor(key)[field] = snapshot(value, { maxBytes: state.maxCaptureBytes });
}

/** Keeps a function that makes content out of copies; it runs once, when the span leaves, and never in the call. */
export function captureLate(key: SpanContext, read: Late): void {
  (contentFor(key)[LATE] ??= []).push(read);
}

/** The content kept for a span, if any. */
export function contentOf(key: SpanContext): CallContent | undefined {
  const content: (CallContent & { [LATE]?: Late[] }) | undefined = state.content.get(key);
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
