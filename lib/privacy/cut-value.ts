import { define } from './copy-until.js';
import { cutText } from './cut-text.js';
import type { Ruler } from './ruler.js';

// So much has room for any number and for the mark of a text.
const LEAST = 32;
const LONG_KEY = 64;
const CUT_KEY = '…';
const CUT_VALUE = '[cut]';
const KNOWN_MARK = /^\[cut, (\d{1,15}) items\]$/;

/** The largest share that each of the costs may have at most, so that all together have room. */
export function findShare(costs: readonly number[], room: number): number {
  let left = room;
  for (const [index, cost] of costs.toSorted((one, other) => one - other).entries()) {
    const share = Math.floor(left / (costs.length - index));
    if (cost > share) return share;
    left -= cost;
  }
  return Number.POSITIVE_INFINITY;
}

function isTalk(items: readonly unknown[]): boolean {
  const last = items.at(-1);
  return (
    typeof last === 'object' &&
    last !== null &&
    typeof Object.getOwnPropertyDescriptor(last, 'role')?.value === 'string'
  );
}

function countOfMark(item: unknown): number | undefined {
  const mark = typeof item === 'string' && item.length < LEAST ? KNOWN_MARK.exec(item) : null;
  return mark === null ? undefined : Number(mark[1]);
}

/** Cuts JSON values (of bounded depth, each object once) to a room; costs of what is not cut are measured once. */
export class ValueCutter {
  readonly #ruler: Ruler;
  readonly #costs = new Map<object, number>();

  constructor(ruler: Ruler) {
    this.#ruler = ruler;
  }

  /** The cost of the JSON of a value. */
  costOf(value: unknown): number {
    if (typeof value === 'string') return this.#ruler.cost(value) + 2;
    if (typeof value !== 'object' || value === null) return String(value).length;
    const known = this.#costs.get(value);
    if (known !== undefined) return known;
    let cost = 2;
    let members = 0;
    if (Array.isArray(value)) {
      for (const item of value) cost += this.costOf(item);
      members = value.length;
    } else {
      for (const [key, member] of Object.entries(value)) {
        cost += this.#ruler.cost(key) + 3 + this.costOf(member);
        members++;
      }
    }
    cost += Math.max(0, members - 1);
    this.#costs.set(value, cost);
    return cost;
  }

  /** What has room of a value; undefined where nothing has. */
  cut(value: unknown, room: number): unknown {
    if (this.costOf(value) <= room) return value;
    if (room < 2) return undefined;
    if (typeof value === 'string') return cutText(value, room - 2, this.#ruler);
    if (typeof value !== 'object' || value === null) return undefined;
    return Array.isArray(value) ? this.#cutArray(value, room - 2) : this.#cutObject(value, room - 2);
  }

  // Each item pays a comma, so the room has one more than is written.
  #cutArray(items: readonly unknown[], room: number): unknown[] {
    // What was cut before is the last one taken, and keeps its count where it has no room.
    const mark = `[cut, ${items.map(countOfMark).find((count) => count !== undefined) ?? items.length} items]`;
    let left = room - mark.length - 2;
    if (left < 0) return [];
    const hasFirst = isTalk(items);
    const heads: unknown[] = [];
    const tails: unknown[] = [];
    for (let taken = 0; taken < items.length && left > 0; taken++) {
      const isFirst = hasFirst && taken === 0;
      const kept = hasFirst && !isFirst ? tails : heads;
      const item = items[kept === tails ? items.length - taken : taken];
      const cost = this.costOf(item);
      // A piece of an item is worth its room where there is nothing else, or much of it is there.
      if (cost >= left && left <= (kept.length === 0 ? LEAST : Math.max(LEAST * 4, cost >> 1))) break;
      // The first of a talk leaves room for the last ones.
      const cut = this.cut(item, isFirst ? Math.min(left - 1, room >> 1) : left - 1);
      kept.push(cut);
      left -= this.costOf(cut) + 1;
    }
    if (heads.length + tails.length === items.length) return [...heads, ...tails.toReversed()];
    return [...heads, mark, ...tails.toReversed()];
  }

  #cutObject(record: object, room: number): Record<string, unknown> {
    const members = Object.entries(record as Record<string, unknown>).map(([key, value]) => ({
      key,
      value,
      head: this.#ruler.cost(key) + 4,
      cost: this.costOf(value),
    }));
    const copy: Record<string, unknown> = {};
    let left = room + 1;
    const least = members.reduce((sum, { head, cost }) => sum + head + Math.min(cost, LEAST), 0);
    const isWhole = least <= left;
    if (!isWhole) left -= this.#ruler.cost(CUT_KEY) + CUT_VALUE.length + 6;
    if (left < 0) return copy;
    const longest = Math.max(LONG_KEY, room >> 2);
    const kept = members.filter(({ head, cost }) => {
      const taken = head + Math.min(cost, LEAST);
      if (!isWhole && (head > longest || taken > left)) return false;
      left -= taken;
      return true;
    });
    for (const { cost } of kept) left += Math.min(cost, LEAST);
    const share = findShare(
      kept.map(({ cost }) => cost),
      left,
    );
    for (const { key, value } of kept) define(copy, key, this.cut(value, share));
    if (!isWhole) copy[CUT_KEY] = CUT_VALUE;
    return copy;
  }
}
