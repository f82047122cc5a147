import { randomUUID } from 'node:crypto';

import { isSpanwrightError, withContext } from 'spanwright';
import type { ProcessTracing } from 'spanwright';

import { InputError } from './sample-error.js';

/** Makes one run of the ledger out of some work, if there is a ledger: entries of its begin and end, and its id on each call. */
export async function recordRun<R>(
  { ledger }: ProcessTracing,
  facts: Readonly<Record<string, string | number>>,
  work: () => Promise<R>,
): Promise<R> {
  if (ledger === undefined) return await work();
  const run = randomUUID();
  await ledger.append({ kind: 'run', run, data: { ...facts, state: 'began' } });
  const result = await withContext({ runId: run }, work);
  await ledger.append({ kind: 'run', run, data: { state: 'ended' } });
  return result;
}

/** Says what was recorded and how to prove it. */
export function describeLedger({ ledger }: ProcessTracing, folder: string | undefined): string[] {
  if (ledger === undefined || folder === undefined) return [];
  return [`Ledger: ${folder}, ${ledger.health().entries} entries; npx spanwright audit verify ${folder}`];
}

/** Runs a start that a ledger may refuse: the folder that `--audit` names is then to be mended. */
export function orRefuse<R>(folder: string | undefined, start: () => R): R {
  try {
    return start();
  } catch (error) {
    if (folder === undefined || !isSpanwrightError(error) || !error.code.startsWith('AUDIT_')) throw error;
    throw new InputError(`--audit ${folder}: ${error.message} (${error.hint})`, { cause: error });
  }
}
