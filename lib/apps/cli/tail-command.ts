import { resolve } from 'node:path';

import { tail, type TailEntry } from '../../audit/read/tail.js';
import type { Command, CommandInput } from './command.js';
import { JSON_OPTION } from './command-options.js';
import { EXIT_CODES } from './exit-code.js';
import { printEntries } from './print-entry.js';

const DEFAULT_LINES = 20;
/** Entries that are kept for each that is shown, before the oldest are dropped. */
const SLACK = 8;

function byTime(left: TailEntry, right: TailEntry): number {
  if (left.entry.t !== right.entry.t) return left.entry.t < right.entry.t ? -1 : 1;
  return left.wseq - right.wseq;
}

function newest(entries: TailEntry[], count: number): TailEntry[] {
  return count === 0 ? [] : entries.sort(byTime).slice(-count);
}

async function print({ terminal, options }: CommandInput, entries: readonly TailEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const lines = options.has('json')
    ? entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')
    : printEntries(entries);
  await terminal.print(lines);
}

async function follow(input: CommandInput, directory: string, seen: ReadonlyMap<string, number>): Promise<void> {
  for await (const found of tail(directory, { follow: true })) {
    if (found.wseq > (seen.get(found.wid) ?? -1)) await print(input, [found]);
    if (input.terminal.isClosed) return;
  }
}

/** `tail`: the newest entries, and those that come. */
export const tailCommand: Command = {
  name: 'tail',
  about: 'Prints the newest entries, and with --follow those that come. Checks nothing.',
  operands: ['DIR'],
  options: {
    follow: { about: 'Goes on until it is stopped.' },
    lines: { value: 'N', about: `How many; default ${DEFAULT_LINES}.` },
    json: JSON_OPTION,
  },
  exits: { 0: 'printed', 3: 'there is no ledger, or it cannot be read' },
  async run(input) {
    const [given = ''] = input.operands;
    const directory = resolve(given);
    const text = input.options.get('lines') ?? String(DEFAULT_LINES);
    if (!/^\d{1,9}$/.test(text)) {
      input.terminal.warn(`spanwright: --lines: got ${JSON.stringify(text)}, expected a number\n`);
      return EXIT_CODES.usage;
    }
    const count = Number(text);
    const seen = new Map<string, number>();
    let last: TailEntry[] = [];
    for await (const found of tail(directory)) {
      seen.set(found.wid, found.wseq);
      last.push(found);
      if (last.length > Math.max(count, 1) * SLACK) last = newest(last, count);
    }
    await print(input, newest(last, count));
    if (input.options.has('follow')) await follow(input, directory, seen);
    return EXIT_CODES.intact;
  },
};
