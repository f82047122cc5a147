import { resolve } from 'node:path';

import type { Command } from './command.js';
import { JSON_OPTION, KEYS_OPTION, keysOf, printJson } from './command-options.js';
import { examine } from './doctor/examine.js';
import { EXIT_CODES } from './exit-code.js';
import { printDoctor } from './print-doctor.js';

/** `doctor`: whether the machine is fit for the ledger. */
export const doctorCommand: Command = {
  name: 'doctor',
  about: 'Looks at what a ledger needs: rights, disk, syncs, keys, clock, writers; says what to do.',
  operands: ['DIR'],
  options: { keys: KEYS_OPTION, json: JSON_OPTION },
  exits: { 0: 'nothing is wrong', 3: 'something is, and no ledger can work so' },
  async run(input) {
    const [given = ''] = input.operands;
    const directory = resolve(given);
    const findings = await examine({ directory, keys: keysOf(input, directory) });
    if (input.options.has('json')) await printJson(input, { findings });
    else await input.terminal.print(printDoctor(findings));
    return findings.some(({ state }) => state === 'fail') ? EXIT_CODES.unreadable : EXIT_CODES.intact;
  },
};
