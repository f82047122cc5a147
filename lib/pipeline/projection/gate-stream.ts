import type { GatePass } from '../../privacy/gate.js';

const MAX_DEPTH = 16;
const MAX_CHARS = 1_048_576;
// As many as a call keeps of a stream.
const MAX_ITEMS = 4000;
// As much of a text as half a secret may be.
const MAX_PIECE = 128;
const CUT = /^\[cut, \d+ items\]$/;

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

function isCutShort(items: readonly unknown[]): boolean {
  const last: unknown = items.at(-1);
  return items.length >= MAX_ITEMS || (typeof last === 'string' && CUT.test(last));
}

// The pieces without their last word: where the rest was not kept, it may be half a secret.
function withoutLastWord(pieces: readonly string[]): string[] {
  const [word = ''] = /\S*$/.exec(pieces.join('').slice(-MAX_PIECE)) ?? [];
  let left = word.length;
  return pieces
    .toReversed()
    .map((piece) => {
      const kept = Math.max(0, piece.length - left);
      left -= piece.length - kept;
      return piece.slice(0, kept);
    })
    .toReversed();
}

// The mark of the cut is itself a text among those of a stream of texts.
function cutShort(pieces: readonly string[]): string[] {
  const mark = pieces.filter((piece, index) => index === pieces.length - 1 && CUT.test(piece));
  return [...withoutLastWord(pieces.slice(0, pieces.length - mark.length)), ...mark];
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
  const isShort = isCutShort(items);
  for (const [place, given] of places) {
    const pieces = isShort ? cutShort(given) : given;
    const shown = pieces.length < 2 ? undefined : withoutSplit(pieces, pass);
    if (shown !== undefined || isShort) texts.set(place, shown ?? [...pieces]);
  }
  return pass.value(texts.size === 0 ? items : items.map((item: unknown) => replace(item, '', 0, texts)), path);
}
