import { warnOnce } from '../core/diagnostics.js';

const MAX_NAMES = 1000;
const MAX_EXAMPLE_CHARS = 80;

// Let go of once it was said.
let names: Set<string> | undefined = new Set();

/**
 * Says once that a program makes more than 1,000 distinct span names. Backends group by name: with an id in it nothing is
 * grouped, and some charge for each. Every span counts that reaches a pipeline, whoever made it; the example names it.
 */
export function noteSpanName(name: string): void {
  if (names === undefined || names.has(name)) return;
  names.add(name);
  if (names.size <= MAX_NAMES) return;
  names = undefined;
  warnOnce({
    code: 'SPAN_NAMES',
    message: `this program makes more than ${MAX_NAMES} distinct span names, the last one ${JSON.stringify(name.slice(0, MAX_EXAMPLE_CHARS))}`,
    hint: "keep the name the same and put what changes into an attribute: `{ name: 'read ticket', attributes: (id: string) => ({ 'ticket.id': id }) }`",
  });
}
