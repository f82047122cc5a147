import { resolve } from 'node:path';

import { lineage } from '../../audit/read/lineage.js';
import { openIndex } from '../../audit/stores/sqlite-index.js';
import { toPrintable } from './columns.js';
import type { Command } from './command.js';
import { FAST_OPTION, JSON_OPTION, printJson } from './command-options.js';
import { EXIT_CODES } from './exit-code.js';
import { printLineage, someCall } from './print-lineage.js';

/** `lineage`: the calls of a run as a tree. */
export const lineageCommand: Command = {
  name: 'lineage',
  about: 'Shows the calls of a run, each below the one around it.',
  operands: ['DIR', 'RUN_ID'],
  options: { fast: FAST_OPTION, json: JSON_OPTION },
  exits: {
    0: 'the run is there and proved; with `--fast`: it is there',
    1: 'a chain that its calls stand in was tampered with',
    2: 'nobody knows how one of its calls ended',
    3: 'there is no ledger, or it cannot be read',
    66: 'the ledger does not know the run',
  },
  async run(input) {
    const [given = '', runId = ''] = input.operands;
    const directory = resolve(given);
    using index = input.options.has('fast') ? openIndex(directory) : undefined;
    // Where it cannot say, the whole ledger is read and everything is proved.
    const isFast = index?.byRun(runId) !== undefined;
    const found = await lineage(directory, runId, { index: isFast ? index : undefined });
    if (input.options.has('json')) await printJson(input, found);
    if (found.calls === 0 && found.notes.length === 0) {
      input.terminal.warn(`spanwright: the ledger knows no run ${toPrintable(runId)}\n`);
      return EXIT_CODES.notFound;
    }
    if (!input.options.has('json')) await input.terminal.print(printLineage(found, isFast));
    if (!isFast && someCall(found.roots, ({ isVerified }) => !isVerified)) return EXIT_CODES.tampered;
    const isOpen = someCall(found.roots, ({ state }) => state === 'unknown' || state === 'dangling');
    return isOpen ? EXIT_CODES.incomplete : EXIT_CODES.intact;
  },
};
