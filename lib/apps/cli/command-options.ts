import { resolve } from 'node:path';

import type { CommandInput, CommandOption } from './command.js';

/** `--json`, which every command has. */
export const JSON_OPTION: CommandOption = { about: 'Prints JSON.' };

/** `--keys DIR`. */
export const KEYS_OPTION: CommandOption = { value: 'DIR', about: 'Folder of the keys; default DIR.keys.' };

/** The folder of the keys that a command was given, or the one beside the ledger. */
export function keysOf({ options }: CommandInput, directory: string): string {
  return resolve(options.get('keys') ?? `${directory}.keys`);
}

/** Prints a value as one line of JSON. */
export function printJson({ terminal }: CommandInput, value: unknown): Promise<void> {
  return terminal.print(`${JSON.stringify(value)}\n`);
}

/** `--fast`. */
export const FAST_OPTION: CommandOption = {
  about: 'Looks it up in the index instead of reading the whole ledger; then nothing is proved.',
};
