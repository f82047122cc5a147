import type { Ruler } from './ruler.js';

const KNOWN_MARK = /…\[cut, (\d{1,15}) characters\]$/;
const MARK_CHARS = 40;

/** The mark behind a text that was cut, with the count of characters that it had. */
export const cutMark = (count: number): string => `…[cut, ${count} characters]`;

/** A text without the mark of an earlier cut, and the count of characters that it had at first. */
export function splitCutMark(text: string): { body: string; count: number } {
  const mark = KNOWN_MARK.exec(text.slice(-MARK_CHARS));
  if (mark === null) return { body: text, count: text.length };
  return { body: text.slice(0, -mark[0].length), count: Number(mark[1]) };
}

/**
 * Cuts the end of a text that is too long for a room; the cost of the result is at most the room.
 * The mark is the one of `snapshot`, with the count of characters that the text had; where it would take more than half
 * of the room it is `…`, and where that has no room there is none.
 */
export function cutText(text: string, room: number, ruler: Ruler): string {
  const { body, count } = splitCutMark(text);
  const counted = cutMark(count);
  const mark = ruler.cost(counted) * 2 <= room ? counted : '…';
  const left = room - ruler.cost(mark);
  return left < 0 ? '' : `${ruler.head(body, left)}${mark}`;
}

const MAX_PIECE = 128;

/** A text that was cut before anybody looked at it, without the word that the cut went through: it may be half a secret. */
export function withoutCutPiece(text: string): string {
  if (!text.endsWith(' characters]')) return text;
  const { body, count } = splitCutMark(text);
  if (body.length === text.length) return text;
  const least = Math.max(0, body.length - MAX_PIECE);
  let end = body.length;
  while (end > least && !/\s/.test(body.charAt(end - 1))) end--;
  return `${body.slice(0, end)}${cutMark(count)}`;
}
