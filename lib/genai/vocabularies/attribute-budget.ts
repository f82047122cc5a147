import type { AttributeValue } from '@opentelemetry/api';

/** One attribute of an item, under the end of its key. */
export type Entry = readonly [key: string, value: AttributeValue];

/** One item of a list: the attributes that it takes. */
export type ListItem = readonly Entry[];

/** The entries that have a value. */
export function entriesOf(values: Readonly<Record<string, AttributeValue | undefined>>): Entry[] {
  return Object.entries(values).filter((entry): entry is [string, AttributeValue] => entry[1] !== undefined);
}

/** A list that is flattened to `<prefix>.<index>.<key>`. */
export interface FlattenedList {
  readonly prefix: string;
  readonly items: readonly ListItem[];
  /** What stays when not all fits: the first item and the newest, or as many as fit from the front. */
  readonly keeps: 'ends' | 'front';
}

/** Lists as far as they fit. */
export interface FittedLists {
  readonly lists: readonly FlattenedList[];
  readonly isCut: boolean;
}

function sizeOf(items: readonly ListItem[]): number {
  return items.reduce((size, item) => size + item.length, 0);
}

function frontOf(items: readonly ListItem[], room: number): ListItem[] {
  let left = room;
  const end = items.findIndex((item) => (left -= item.length) < 0);
  return items.slice(0, end === -1 ? items.length : end);
}

// What a conversation was told first and what was said last explain an answer; its middle is the least missed.
function endsOf([first, ...others]: readonly ListItem[], room: number): ListItem[] {
  if (first === undefined) return [];
  const newest = others.at(-1)?.length ?? 0;
  const isFirstKept = first.length + (newest > room ? 0 : newest) <= room;
  const tail = frontOf(others.toReversed(), isFirstKept ? room - first.length : room).toReversed();
  return isFirstKept ? [first, ...tail] : tail;
}

/** Takes whole items until `room` attributes are used, earlier lists before later ones. */
export function fitLists(lists: readonly FlattenedList[], room: number): FittedLists {
  if (lists.reduce((size, { items }) => size + sizeOf(items), 0) <= Math.max(room, 0)) return { lists, isCut: false };
  let left = room;
  const fitted = lists.map((list) => {
    const items = list.keeps === 'ends' ? endsOf(list.items, left) : frontOf(list.items, left);
    left -= sizeOf(items);
    return { ...list, items };
  });
  return { lists: fitted, isCut: true };
}
