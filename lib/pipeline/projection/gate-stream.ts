import type { GatePass } from '../../privacy/gate.js';

const MAX_DEPTH = 16;
const MAX_CHARS = 1_048_576;

/** The texts that stand at one place of the items of a stream, one after the other. */
type Places = Map<string, string[]>;

function gather(value: unknown, place: string, depth: number, into: Places): void {
  if (typeof value === 'string') {
    const texts = into.get(place);
    if (texts === undefined) into.set(place, [value]);
    else texts.push(value);
  } else if (typeof value === 'object' && value !== null && depth < MAX_DEPTH) {
    for (const [key, item] of Object.entries(value)) gather(item, `${place}\n${key}`, depth + 1, into);
  }
}

function replace(value: unknown, place: string, depth: number, texts: Map<string, string>): unknown {
  if (typeof value === 'string') {
    const text = texts.get(place);
    if (text === undefined) return value;
    // The whole where its first piece was, and nothing after it.
    texts.set(place, '');
    return text;
  }
  if (typeof value !== 'object' || value === null || depth >= MAX_DEPTH) return value;
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => replace(item, `${place}\n${index}`, depth + 1, texts));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, replace(item, `${place}\n${key}`, depth + 1, texts)]),
  );
}

/**
 * The items of a stream as they may leave. A secret may be cut between two of them: what stands at one place of all items
 * is looked at as one text, and where something is found it is shown as one, in the first item.
 */
export function gateStream(items: unknown, pass: GatePass, path: readonly string[]): unknown {
  if (!Array.isArray(items)) return pass.value(items, path);
  const places: Places = new Map();
  for (const item of items) gather(item, '', 0, places);
  const texts = new Map<string, string>();
  for (const [place, pieces] of places) {
    if (pieces.length < 2) continue;
    const whole = pieces.join('').slice(0, MAX_CHARS);
    const shown = pass.text(whole);
    if (shown !== whole) texts.set(place, shown);
  }
  return pass.value(texts.size === 0 ? items : items.map((item: unknown) => replace(item, '', 0, texts)), path);
}
