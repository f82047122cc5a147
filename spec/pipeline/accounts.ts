import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import type { DestinationHealth, Health } from 'spanwright';

/** The rule that holds at every moment: nothing is lost silently. */
export function expectBalanced(health: DestinationHealth | undefined): void {
  const { accepted, delivered, queued, dropped } = health ?? expect.fail('no such destination');
  const lost = Object.values(dropped).reduce((sum, count) => sum + count, 0);
  expect(delivered + queued + lost, 'accepted = delivered + dropped + queued').to.equal(accepted);
  for (const count of [accepted, delivered, queued, lost]) expect(count).to.be.at.least(0);
}

/** The same for calls: `opened = ok + error + cancelled + abandoned + live`. */
export function expectCallsBalanced({ calls }: Health): void {
  const { opened, ok, error, cancelled, abandoned, live } = calls;
  expect(ok + error + cancelled + abandoned + live).to.equal(opened);
}

/** Waits until something holds, in turns of the loop; fails after five seconds. */
export async function eventually(holds: () => boolean, what: string): Promise<void> {
  const end = performance.now() + 5000;
  while (!holds()) {
    if (performance.now() > end) expect.fail(`it did not come to this: ${what}`);
    await delay(2);
  }
}
