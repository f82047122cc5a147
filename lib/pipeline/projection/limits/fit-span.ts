import type { Attributes, AttributeValue } from '@opentelemetry/api';
import { GEN_AI } from '../../../genai/vocabularies/gen-ai-names.js';
import { findShare } from '../../../privacy/cut-value.js';
import { truncateText } from '../../../privacy/truncate.js';
import type { FinishedSpan } from '../../finished-span.js';
import { holdsContent, rankOf } from './attribute-rank.js';
import { cutValue } from './cut-attributes.js';
import { attributeSize, isSurelyWithin, spanSize } from './span-size.js';

type Draft = { -readonly [K in keyof FinishedSpan]: FinishedSpan[K] };

/** An attribute that may be cut, in a copy. */
interface Piece {
  readonly holder: Attributes;
  readonly key: string;
  readonly bytes: number;
}

// Less of a text says nothing.
const LEAST = 96;
const TRIES = 4;
// Where even facts are too long, what every backend shows of them.
const MOST_OF_FACT = 128;

// Cuts until the size as it is sent has room; undefined where it never has.
function cutTo(key: string, value: AttributeValue, room: number): AttributeValue | undefined {
  let maxBytes = room;
  for (let turn = 0; turn < TRIES && maxBytes > 0; turn++) {
    const shown = cutValue(value, { maxBytes });
    const size = shown === undefined ? 0 : attributeSize(key, shown);
    if (size <= room) return shown;
    maxBytes = Math.min(maxBytes - (size - room), Math.floor((maxBytes * room) / size));
  }
  return undefined;
}

// The longest first, all to the same length; where that would leave nothing to read, whole ones.
function shrink(pieces: readonly Piece[], excess: number): number {
  const all = pieces.reduce((sum, { bytes }) => sum + bytes, 0);
  const share = findShare(
    pieces.map(({ bytes }) => bytes),
    all - excess,
  );
  let freed = 0;
  for (const { holder, key, bytes } of pieces.toSorted((one, other) => other.bytes - one.bytes)) {
    if (freed >= excess || bytes <= share) break;
    const value = holder[key];
    const shown = value === undefined || share < LEAST ? undefined : cutTo(key, value, share);
    if (shown === undefined) delete holder[key];
    else holder[key] = shown;
    freed += bytes - (shown === undefined ? 0 : attributeSize(key, shown));
  }
  return freed;
}

function piecesOf(holder: Attributes, isWanted: (key: string) => boolean): Piece[] {
  return Object.entries(holder)
    .filter(([key, value]) => value !== undefined && isWanted(key))
    .map(([key, value]) => ({ holder, key, bytes: attributeSize(key, value) }));
}

const isCore = (key: string): boolean => rankOf(key).sort === 'core';

function copyHolders(draft: Draft): Attributes[] {
  draft.attributes = { ...draft.attributes };
  draft.events = draft.events.map((event) => ({ ...event, attributes: { ...event.attributes } }));
  draft.links = draft.links.map((link) => ({ ...link, attributes: { ...link.attributes } }));
  return [...draft.events, ...draft.links].map(({ attributes }) => attributes as Attributes);
}

function cutFacts(draft: Draft): void {
  for (const key of Object.keys(draft.attributes)) {
    const value = draft.attributes[key];
    if (!isCore(key)) delete draft.attributes[key];
    else if (typeof value === 'string' || Array.isArray(value)) {
      draft.attributes[key] = cutValue(value, { maxBytes: MOST_OF_FACT });
    }
  }
  draft.name = truncateText(draft.name, { maxBytes: MOST_OF_FACT });
  const { code, message } = draft.status;
  draft.status =
    message === undefined ? { code } : { code, message: truncateText(message, { maxBytes: MOST_OF_FACT }) };
}

// From the newest: the first ones tell how it began.
function leaveOut(draft: Draft, list: 'events' | 'links', maxBytes: number): void {
  let left: readonly unknown[] = draft[list];
  let over = spanSize(draft) - maxBytes;
  while (left.length > 0 && over > 0) {
    left = left.slice(0, Math.floor(left.length / 2));
    draft[list] = left as typeof draft.events & typeof draft.links;
    over = spanSize(draft) - maxBytes;
  }
}

/**
 * A span within so many bytes, whatever the encoding; the same one where it is. The largest content is cut first, then the
 * longest attributes, then those of events and links, then the newest events and links; facts stay while anything is left.
 */
export function fitSpan(span: FinishedSpan, maxBytes: number): FinishedSpan {
  if (isSurelyWithin(span, maxBytes)) return span;
  let excess = spanSize(span) - maxBytes;
  if (excess <= 0) return span;
  const draft: Draft = { ...span };
  const beside = copyHolders(draft);
  if (draft.attributes[GEN_AI.contentDropped] !== true) {
    draft.attributes[GEN_AI.contentDropped] = true;
    excess += attributeSize(GEN_AI.contentDropped, true);
  }
  const { attributes } = draft;
  const stages: (() => Piece[])[] = [
    () => piecesOf(attributes, holdsContent),
    () => piecesOf(attributes, (key) => !isCore(key) && !holdsContent(key)),
    () => beside.flatMap((holder) => piecesOf(holder, () => true)),
  ];
  for (const pieces of stages) {
    if (excess > 0) excess -= shrink(pieces(), excess);
  }
  if (excess > 0) leaveOut(draft, 'events', maxBytes);
  if (excess > 0) leaveOut(draft, 'links', maxBytes);
  if (excess > 0 && spanSize(draft) > maxBytes) cutFacts(draft);
  return withDropped(draft, span);
}

function withDropped(draft: Draft, span: FinishedSpan): FinishedSpan {
  const lost = Object.keys(span.attributes).filter((key) => !Object.hasOwn(draft.attributes, key)).length;
  draft.droppedAttributesCount += lost;
  draft.droppedEventsCount += span.events.length - draft.events.length;
  draft.droppedLinksCount += span.links.length - draft.links.length;
  return draft;
}
