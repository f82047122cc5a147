import { resolve } from 'node:path';

import { exportLedger, type ExportManifest } from '../../audit/read/export-ledger.js';
import type { Command } from './command.js';
import { KEYS_OPTION, keysOf } from './command-options.js';
import { EXIT_CODES } from './exit-code.js';

const BATCH_CHARS = 65_536;

/** `export`: every entry as a line of JSON. */
export const exportCommand: Command = {
  name: 'export',
  about: 'Prints every entry as a line of JSON with its hash, and a last line that says whether they hold.',
  operands: ['DIR'],
  options: {
    payloads: { about: 'Also prints what calls sent and got, as far as it is there.' },
    keys: KEYS_OPTION,
    json: { about: 'Changes nothing: it prints JSON anyway.' },
  },
  exits: {
    0: 'intact',
    1: 'tampered: of a chain that is broken the entries before the break are printed',
    2: 'intact but incomplete',
    3: 'there is no ledger, or it cannot be read',
  },
  async run(input) {
    const [given = ''] = input.operands;
    const directory = resolve(given);
    const options = {
      format: 'jsonl',
      payloads: input.options.has('payloads'),
      keys: keysOf(input, directory),
    } as const;
    let batch = '';
    let last = '';
    for await (const line of exportLedger(directory, options)) {
      last = line;
      batch += `${line}\n`;
      if (batch.length < BATCH_CHARS) continue;
      await input.terminal.print(batch);
      batch = '';
      // Whoever stopped reading does not ask for the rest.
      if (input.terminal.isClosed) return EXIT_CODES.intact;
    }
    await input.terminal.print(batch);
    return (JSON.parse(last) as { readonly manifest: ExportManifest }).manifest.exitCode;
  },
};
