import { setImmediate as nextTurn } from 'node:timers/promises';

import type { LedgerStore, LedgerWriter } from '#lib/audit/stores/store.js';

import { codeOf, entryOf, payloadOf } from './store-contract.js';

/** What became of calls on a disk that fills. */
export interface CallsMade {
  /** Numbers of intents that were acknowledged: the call was made. */
  readonly made: number[];
  /** Numbers of calls whose outcome was acknowledged. */
  readonly recorded: number[];
  /** Codes of refusals. */
  readonly refused: Set<unknown>;
}

async function makeCall(writer: LedgerWriter, number: number, calls: CallsMade): Promise<void> {
  const payload = number % 2 === 0 ? payloadOf(`request ${number}`) : undefined;
  const intent = entryOf(2 * number, 700);
  const refusal = codeOf(() => writer.admit('intent', intent.length, payload?.bytes.length));
  if (refusal !== undefined) {
    calls.refused.add(refusal);
    return;
  }
  await writer.append({ entry: intent, as: 'intent', payload });
  calls.made.push(number);
  for (let turn = 0; turn < number % 7; turn++) await nextTurn();
  const answer = payloadOf(`answer ${number}`.repeat(20));
  const kept = writer.canKeep(answer.bytes.length) ? answer : undefined;
  // Outcomes are of any size that an entry may have.
  const outcome = entryOf(2 * number + 1, number % 10 === 0 ? 60_000 : 900);
  writer.admit('outcome', outcome.length, kept?.bytes.length);
  await writer.append({ entry: outcome, as: 'outcome', payload: kept });
  calls.recorded.push(number);
}

/** Makes calls, many at a time, until one is refused or all were made. */
export async function makeCalls(store: LedgerStore, count: number, atATime: number): Promise<CallsMade> {
  const calls: CallsMade = { made: [], recorded: [], refused: new Set() };
  const writer = store.openWriter();
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < count && calls.refused.size === 0) await makeCall(writer, next++, calls);
  };
  await Promise.all(Array.from({ length: atATime }, work));
  await writer.close();
  return calls;
}
