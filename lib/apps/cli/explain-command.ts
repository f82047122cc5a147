import { resolve } from 'node:path';

import { explain } from '../../audit/read/explain.js';
import type { ExplainedAttempt } from '../../audit/read/explanation.js';
import { openIndex } from '../../audit/stores/sqlite-index.js';
import { toPrintable } from './columns.js';
import type { Command } from './command.js';
import { FAST_OPTION, JSON_OPTION, KEYS_OPTION, keysOf, printJson } from './command-options.js';
import { EXIT_CODES, type ExitCode } from './exit-code.js';
import { printExplanation } from './print-explain.js';

const OPEN_STATES: ReadonlySet<string> = new Set(['unknown', 'dangling']);

/** What a call being so says of the ledger. */
function verdictOf(attempts: readonly ExplainedAttempt[], isFast: boolean): ExitCode {
  const payloads = new Set(attempts.flatMap(({ request, response }) => [request?.state, response?.state]));
  const isBroken = !isFast && attempts.some(({ isVerified }) => !isVerified);
  if (isBroken || payloads.has('CORRUPT')) return EXIT_CODES.tampered;
  const isOpen = attempts.some(({ state }) => OPEN_STATES.has(state));
  return isOpen || payloads.has('MISSING') ? EXIT_CODES.incomplete : EXIT_CODES.intact;
}

/** `explain`: one call from its request to its answer. */
export const explainCommand: Command = {
  name: 'explain',
  about: 'Shows one call: what was sent, what came back, its trace, and whether all of it is proved.',
  operands: ['DIR', 'CALL_ID'],
  options: { keys: KEYS_OPTION, fast: FAST_OPTION, json: JSON_OPTION },
  exits: {
    0: 'the call is there and proved; with `--fast`: it is there',
    1: 'its chain was tampered with, or a payload of it',
    2: 'nobody knows how it ended, or a payload is missing',
    3: 'there is no ledger, or it cannot be read',
    66: 'the ledger does not know the call',
  },
  async run(input) {
    const [given = '', callId = ''] = input.operands;
    const directory = resolve(given);
    using index = input.options.has('fast') ? openIndex(directory) : undefined;
    // Where it cannot say, the whole ledger is read and everything is proved.
    const isFast = index?.byCall(callId) !== undefined;
    const keys = keysOf(input, directory);
    const explanation = await explain(directory, callId, { keys, index: isFast ? index : undefined });
    if (input.options.has('json')) await printJson(input, explanation);
    if (explanation.attempts.length === 0) {
      input.terminal.warn(`spanwright: the ledger knows no call ${toPrintable(callId)}\n`);
      return EXIT_CODES.notFound;
    }
    if (!input.options.has('json')) await input.terminal.print(printExplanation(explanation, isFast));
    return verdictOf(explanation.attempts, isFast);
  },
};
