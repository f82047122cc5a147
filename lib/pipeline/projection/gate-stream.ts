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

function replace(value: unknown, place: string, depth: number, texts: Places): unknown {
  if (typeof value === 'string') return texts.get(place)?.shift() ?? value;
  if (typeof value !== 'object' || value === null || depth >= MAX_DEPTH) return value;
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => replace(item, `${place}\n${index}`, depth + 1, texts));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, replace(item, `${place}\n${key}`, depth + 1, texts)]),
  );
}

function edgesOf(pieces: readonly string[]): readonly number[] {
  let offset = 0;
  return pieces.map((piece) => (offset += piece.length));
}

function crosses(edges: readonly number[], start: number, end: number): boolean {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  return (edges[low] ?? end) < end;
}

// The pieces again, without what begins in one of them and ends in another; undefined where nothing does.
function withoutSplit(pieces: readonly string[], pass: GatePass): string[] | undefined {
  const whole = pieces.join('');
  if (whole.length > MAX_CHARS) return undefined;
  const edges = edgesOf(pieces);
  // Those that go across an edge; the others are found in their piece.
  const found = pass.find(whole).filter(({ start, end }) => crosses(edges, start, end));
  if (found.length === 0) return undefined;
  let offset = 0;
  let first = 0;
  return pieces.map((piece) => {
    const from = offset;
    offset += piece.length;
    let text = '';
    let at = from;
    while ((found[first]?.end ?? from + 1) <= from) first++;
    for (const { start, end, mark } of found.slice(first, first + 1 + piece.length)) {
      if (start >= offset) break;
      if (start >= from) text += whole.slice(at, start) + mark;
      at = Math.min(end, offset);
    }
    return text + whole.slice(at, offset);
  });
}

/**
 * The items of a stream as they may leave: each by itself, and what stands at one place of all of them as one text, because
 * a secret may be cut between two. Its mark then stands in the first of them, and nothing of it in the others.
 */
export function gateStream(items: unknown, pass: GatePass, path: readonly string[]): unknown {
  if (!Array.isArray(items)) return pass.value(items, path);
  const places: Places = new Map();
  for (const item of items) gather(item, '', 0, places);
  const texts: Places = new Map();
  for (const [place, pieces] of places) {
    const shown = pieces.length < 2 ? undefined : withoutSplit(pieces, pass);
    if (shown !== undefined) texts.set(place, shown);
  }
  return pass.value(texts.size === 0 ? items : items.map((item: unknown) => replace(item, '', 0, texts)), path);
}
