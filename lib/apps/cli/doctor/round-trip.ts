import { join } from 'node:path';

import { openLedger } from '../../../audit/open-ledger.js';
import { verify } from '../../../audit/read/verify.js';
import { broken, fine, type Finding } from './finding.js';

/** Records one call in a ledger of its own, as a program does, and checks it. */
export async function checkRoundTrip(folder: string): Promise<Finding> {
  const directory = join(folder, 'ledger');
  const startedMs = performance.now();
  const ledger = await openLedger({ directory, minFreeBytes: 0 });
  try {
    const call = await ledger.begin({
      op: { method: 'doctor' },
      system: 'doctor',
      level: 'requestResponse',
      request: { value: { asked: true } },
    });
    await call.end({ status: 'ok', response: { value: { answered: true } } });
  } finally {
    await ledger.close();
  }
  const tookMs = performance.now() - startedMs;
  const { status, entries, payloads, problems } = await verify(directory, { payloads: true });
  if (status !== 'intact') {
    const says = `what was written reads as ${status}: ${problems[0]?.problem ?? 'no reason given'}`;
    return broken('round trip', says, 'look at the disk; what is recorded there cannot be relied on');
  }
  return fine(
    'round trip',
    `a call recorded and verified: ${entries} entries, ${payloads} payloads, ${tookMs.toFixed(0)} ms`,
  );
}
