import type { SpanContext } from '@opentelemetry/api';
import { snapshot } from './snapshot.js';
import { state } from './state.js';

/** Content of one call by kind: captured arguments and result (JSON-safe copies). */
export type CallContent = Record<string, unknown>;

/** Tells whether any destination or capture wants content; nothing is copied while it is false. */
export function isContentWanted(): boolean {
  return state.contentReaders > 0;
}

/** Copies a value now and keeps it beside the span. The span itself never holds it. */
export function captureContent(key: SpanContext, field: string, value: unknown): void {
  let content = state.content.get(key);
  if (content === undefined) {
    content = {};
    state.content.set(key, content);
  }
  content[field] = snapshot(value, { maxBytes: state.maxCaptureBytes });
}

/** The content kept for a span, if any. */
export function contentOf(key: SpanContext): CallContent | undefined {
  return state.content.get(key);
}
