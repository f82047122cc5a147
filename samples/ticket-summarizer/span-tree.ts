import { durationMs, readSpans, spanAttributes } from './trace-file.js';
import type { RecordedSpan } from './trace-file.js';

const ERROR_STATUS = 2;
const MAX_LINE_CHARS = 120;
// On every span, and long; it would push out what tells the spans apart.
const CODE_FUNCTION = 'code.function.name';

/** Draws the path of one ticket through the trace: the root, the phases, the ticket's spans and their calls. */
export async function drawTicketTree(tracePath: string, ticketId: string): Promise<string[]> {
  const spans = await collectTicketSpans(tracePath, ticketId);
  const children = new Map<string, RecordedSpan[]>();
  for (const span of spans) {
    const siblings = children.get(span.parentSpanId ?? '') ?? [];
    children.set(span.parentSpanId ?? '', [...siblings, span].sort(byStart));
  }
  return (children.get('') ?? []).flatMap((root) => drawSpan(root, children, '', ''));
}

/** Reads the file twice: a call ends before the ticket span it belongs to, and so stands before it. */
async function collectTicketSpans(tracePath: string, ticketId: string): Promise<RecordedSpan[]> {
  const kept: RecordedSpan[] = [];
  const ticketSpanIds = new Set<string>();
  for await (const span of readSpans(tracePath)) {
    const isOfTicket = spanAttributes(span).get('ticket_id') === ticketId;
    if (isOfTicket) ticketSpanIds.add(span.spanId);
    if (isOfTicket || !span.parentSpanId || span.name.startsWith('Phase ')) kept.push(span);
  }
  for await (const span of readSpans(tracePath)) {
    if (ticketSpanIds.has(span.parentSpanId ?? '')) kept.push(span);
  }
  return kept;
}

type Children = ReadonlyMap<string, readonly RecordedSpan[]>;

/** `lead` stands before the span's first line, `childLead` before all that hangs below it. */
function drawSpan(span: RecordedSpan, children: Children, lead: string, childLead: string): string[] {
  const below = children.get(span.spanId) ?? [];
  const stem = `${childLead}${below.length > 0 ? '│' : ' '}    `;
  const mark = span.status?.code === ERROR_STATUS ? '  ERROR' : '';
  return [
    `${lead}${span.name}  ${durationMs(span).toFixed(1)} ms${mark}`,
    ...wrapAttributes(span, MAX_LINE_CHARS - stem.length).map((line) => stem + line),
    ...below.flatMap((child, index) => {
      const isLast = index === below.length - 1;
      return drawSpan(child, children, childLead + (isLast ? '└─ ' : '├─ '), childLead + (isLast ? '   ' : '│  '));
    }),
  ];
}

function wrapAttributes(span: RecordedSpan, maxChars: number): string[] {
  const lines: string[] = [];
  for (const [key, value] of spanAttributes(span)) {
    if (key === CODE_FUNCTION) continue;
    const entry = `${key}=${value}`.slice(0, maxChars);
    const last = lines.at(-1);
    if (last !== undefined && last.length + 2 + entry.length <= maxChars) lines[lines.length - 1] = `${last}  ${entry}`;
    else lines.push(entry);
  }
  return lines;
}

function byStart(left: RecordedSpan, right: RecordedSpan): number {
  return Number(BigInt(left.startTimeUnixNano) - BigInt(right.startTimeUnixNano));
}
