import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { FinishedSpan } from './finished-span.js';

const MAX_VALUE_CHARS = 120;
// Deeper spans stand below each other: each level would lengthen every line below it.
const MAX_LEAD_CHARS = 120;

// What a terminal would act on: C0 and C1 controls, and marks that turn the direction of text.
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

function escapeControls(text: string): string {
  return text.replaceAll(CONTROLS, (char) => {
    if (char === '\n') return '\\n';
    if (char === '\t') return '\\t';
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

function printValue(value: unknown): string {
  const text = typeof value === 'object' ? JSON.stringify(value) : `${value as string | number | boolean}`;
  const short = text.length > MAX_VALUE_CHARS ? `${text.slice(0, MAX_VALUE_CHARS)}…` : text;
  return escapeControls(/[\s=]/.test(short) || short === '' ? JSON.stringify(short).slice(0) : short);
}

function durationOf(span: FinishedSpan): string {
  const ms = span.duration[0] * 1000 + span.duration[1] / 1e6;
  return ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : `${ms.toFixed(ms >= 10 ? 0 : 2)} ms`;
}

function statusOf(span: FinishedSpan): string {
  if (span.status.code === SpanStatusCode.ERROR) {
    const reason = span.status.message === undefined ? '' : `: ${printValue(span.status.message)}`;
    return ` ERROR${reason}`;
  }
  const outcome = span.attributes['spanwright.outcome'];
  return typeof outcome === 'string' ? ` ${printValue(outcome)}` : '';
}

// The default attribute says what the name says already.
function isShown([key, value]: [string, unknown], span: FinishedSpan): boolean {
  return !(
    value === undefined ||
    key === 'spanwright.outcome' ||
    (key === 'code.function.name' && value === span.name)
  );
}

/** One line for a span: name, kind, duration, status, attributes, events. Control characters are escaped. */
export function printSpan(span: FinishedSpan): string {
  const kind = span.kind === SpanKind.INTERNAL ? '' : ` ${SpanKind[span.kind]}`;
  const attributes = Object.entries(span.attributes)
    .filter((entry) => isShown(entry, span))
    .map(([key, value]) => ` ${escapeControls(key)}=${printValue(value)}`)
    .join('');
  const events =
    span.events.length === 0 ? '' : ` [${span.events.map((event) => escapeControls(event.name)).join(', ')}]`;
  return `${escapeControls(span.name)}${kind} (${durationOf(span)})${statusOf(span)}${attributes}${events}`;
}

function compareStart(a: FinishedSpan, b: FinishedSpan): number {
  return a.startTime[0] - b.startTime[0] || a.startTime[1] - b.startTime[1];
}

/** Prints spans as trees, one for each span whose parent is not among them, children by their start. */
export function printTree(spans: readonly FinishedSpan[]): string {
  const children = new Map<string, FinishedSpan[]>();
  const known = new Set(spans.map((span) => span.spanContext().spanId));
  const roots: FinishedSpan[] = [];
  for (const span of spans) {
    const parentId = span.parentSpanContext?.spanId;
    if (parentId === undefined || !known.has(parentId)) {
      roots.push(span);
    } else {
      const siblings = children.get(parentId);
      if (siblings === undefined) children.set(parentId, [span]);
      else siblings.push(span);
    }
  }
  const lines: string[] = [];
  // A stack and not recursion: a trace may be deeper than the call stack.
  const stack = roots
    .toSorted(compareStart)
    .toReversed()
    .map((span) => ({ span, lead: '', branch: '' }));
  for (let entry = stack.pop(); entry !== undefined; entry = stack.pop()) {
    lines.push(`${entry.lead}${entry.branch}${printSpan(entry.span)}`);
    const below = (children.get(entry.span.spanContext().spanId) ?? []).toSorted(compareStart);
    const isFlat = entry.branch === '' || entry.lead.length >= MAX_LEAD_CHARS;
    const lead = isFlat ? entry.lead : `${entry.lead}${entry.branch === '└─ ' ? '   ' : '│  '}`;
    for (const [index, span] of [...below.entries()].toReversed()) {
      stack.push({ span, lead, branch: index === below.length - 1 ? '└─ ' : '├─ ' });
    }
  }
  return lines.join('\n');
}
