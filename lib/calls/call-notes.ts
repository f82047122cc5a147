import type { Attributes, Span } from '@opentelemetry/api';
import {
  captureContent,
  captureForDigest,
  captureLate,
  captureStream,
  copyFor,
  isContentWanted,
  RECEIVED,
  SENT,
} from '../core/capture.js';
import { hideText } from '../core/hide-text.js';
import { state } from '../core/state.js';
import { hideInNamed, writeFacts } from './hidden-attributes.js';
import type { Plan } from './plan.js';

/** What facets write about a call: facts on its span, content beside it. */
export abstract class CallNotes {
  abstract readonly plan: Plan;
  abstract readonly span: Span;
  abstract readonly recording: boolean;

  get given(): Attributes {
    return this.plan.attributes;
  }

  setAttributes(attributes: Attributes): void {
    writeFacts(this.span, attributes);
  }

  setGiven(attributes: Attributes): void {
    this.span.setAttributes(attributes);
  }

  capture(field: string, value: unknown): void {
    if (this.wantsContent) captureContent(this.span.spanContext(), field, value);
  }

  captureStream(field: string, items: readonly unknown[]): void {
    if (this.wantsContent) captureStream(this.span.spanContext(), field, items);
  }

  captureForDigest(side: 'request' | 'response', value: unknown): void {
    if (!this.recording || !this.wantsContent) return;
    if (state.digestReaders === 0 && this.plan.content !== 'digest') return;
    captureForDigest(this.span.spanContext(), side === 'request' ? SENT : RECEIVED, value);
  }

  copy(value: unknown, maxDepth = 8): unknown {
    return this.wantsContent ? copyFor(this.span.spanContext(), value, maxDepth) : undefined;
  }

  get wantsContent(): boolean {
    return isContentWanted() && this.plan.content !== 'none';
  }

  captureLate(read: () => Readonly<Record<string, unknown>>, bytes?: number): void {
    if (this.wantsContent) captureLate(this.span.spanContext(), read, bytes);
  }

  addEvent(name: string, attributes: Attributes | undefined): void {
    this.span.addEvent(hideText(name), attributes && hideInNamed(attributes));
  }
}
