import type { Span, SpanStatus } from '@opentelemetry/api';
import { SpanStatusCode } from '@opentelemetry/api';
import { contentOf, limitOf } from '../../core/capture.js';
import { readSpanRecord } from '../../genai/span-record.js';
import { guarded } from '../../core/guard.js';
import { contentAttributes } from '../../genai/vocabularies/gen-ai.js';
import type { Privacy } from '../../privacy/privacy.js';
import { isContentTier, strictest } from '../../privacy/tiers.js';
import { cutAttributes } from './limits/cut-attributes.js';
import { gateContent } from './gate-content.js';
import type { HiddenFields } from './hidden-fields.js';
import { withoutHidden } from './hidden-fields.js';

const UNSET: SpanStatus = { code: SpanStatusCode.UNSET };

/** What content on spans is held to. */
export interface OnSpanRules {
  readonly privacy: Privacy;
  readonly hidden: HiddenFields;
  /** Characters of one attribute. */
  readonly maxContentChars: number | undefined;
}

/** Puts the content of a call on its span, redacted, for the application's own processors. Never throws. */
export function putContentOnSpan(span: Span, { privacy, hidden, maxContentChars }: OnSpanRules): void {
  guarded('PIPELINE', () => {
    const kept = contentOf(span.spanContext());
    if (kept === undefined) return;
    const limit = limitOf(kept);
    if (strictest('redacted', isContentTier(limit) ? limit : undefined) !== 'redacted') return;
    const pass = privacy.redacted.forSpan();
    const shown = gateContent(withoutHidden(kept, hidden), pass);
    const record = readSpanRecord({ name: '', kind: 0, attributes: {}, events: [], status: UNSET }, shown);
    const attributes = contentAttributes(record);
    const limits = { maxChars: maxContentChars ?? Number.POSITIVE_INFINITY };
    span.setAttributes(cutAttributes(attributes, { content: limits, other: limits }));
  });
}
