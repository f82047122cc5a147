import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { RecoveryReport } from '../../audit/ledger.js';
import { openLedgerSync } from '../../audit/open-ledger.js';
import { SpanwrightError } from '../../core/errors.js';
import { toColumns } from './columns.js';
import type { Command } from './command.js';
import { JSON_OPTION, KEYS_OPTION, keysOf, printJson } from './command-options.js';
import { EXIT_CODES } from './exit-code.js';

function printRecovery({ writers, unknown, droppedBytes }: RecoveryReport): string {
  if (writers === 0) return 'Nothing to recover.\n';
  return toColumns([
    ['writers', `${writers} that were gone`],
    ['calls', `${unknown} got the outcome unknown`],
    ['bytes', `${droppedBytes} after last entries are none`],
  ]);
}

/** `recover`: what the next start of the program does as well. */
export const recoverCommand: Command = {
  name: 'recover',
  about: 'Gives each call of writers that are gone an outcome: unknown. The next start of the program does it as well.',
  operands: ['DIR'],
  options: { keys: KEYS_OPTION, json: JSON_OPTION },
  exits: { 0: 'recovered, or nothing to recover', 3: 'there is no ledger, or it cannot be opened' },
  async run(input) {
    const [given = ''] = input.operands;
    const directory = resolve(given);
    const file = join(directory, 'ledger.json');
    // Opening would make one.
    if (!existsSync(file))
      throw new SpanwrightError('AUDIT_LEDGER_UNREADABLE', `no ledger is recovered: ${file} is not there`);
    const ledger = openLedgerSync({ directory, keys: keysOf(input, directory) });
    try {
      // Joins the recovery that opening began.
      const report = await ledger.recover();
      if (input.options.has('json')) await printJson(input, report);
      else await input.terminal.print(printRecovery(report));
    } finally {
      await ledger.close();
    }
    return EXIT_CODES.intact;
  },
};
