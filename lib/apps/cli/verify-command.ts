import { resolve } from 'node:path';

import { verify } from '../../audit/read/verify.js';
import type { Command } from './command.js';
import { JSON_OPTION, printJson } from './command-options.js';
import { printVerify } from './print-verify.js';

/** `verify`: whether the ledger is as it was written. */
export const verifyCommand: Command = {
  name: 'verify',
  about: 'Checks every entry and how they hang together; names the first that was tampered with.',
  operands: ['DIR'],
  options: {
    payloads: { about: 'Also reads every payload that an entry names.' },
    anchor: { value: 'FILE', about: 'A file that must be there.' },
    json: JSON_OPTION,
  },
  exits: {
    0: 'intact',
    1: 'tampered: entries were changed, removed or put in',
    2: 'intact but incomplete: something is missing or not known, as after a crash',
    3: 'unreadable: there is no ledger, or it cannot be read',
    4: 'the anchor is missing',
  },
  async run(input) {
    const [given = ''] = input.operands;
    const anchor = input.options.get('anchor');
    const report = await verify(resolve(given), { payloads: input.options.has('payloads'), anchor });
    if (input.options.has('json')) await printJson(input, report);
    else await input.terminal.print(printVerify(report));
    return report.exitCode;
  },
};
