import { expect } from 'chai';

import type { Verdict } from './both-verifiers.js';
import { type LedgerCopy, splitFrames } from './ledger-copy.js';
import { toEntryAt } from './sample-places.js';

/** What is done to the entry at an index. */
const CHANGES = {
  deleted: (frames: readonly Buffer[], index: number) => frames.toSpliced(index, 1),
  doubled: (frames: readonly Buffer[], index: number) => frames.toSpliced(index, 0, ...frames.slice(index, index + 1)),
  swapped: (frames: readonly Buffer[], index: number) =>
    frames.toSpliced(index, 2, ...frames.slice(index, index + 2).toReversed()),
} as const;

/** Changes every `step`-th entry and the last two of each segment, and expects the first one that is wrong to be named. */
export async function sweepEntries(
  change: keyof typeof CHANGES,
  copy: LedgerCopy,
  ask: () => Promise<Verdict>,
  step = 1,
): Promise<void> {
  const segments = [...copy.files].filter(([file]) => file.endsWith('.seg'));
  for (const [file, bytes] of segments) {
    const { header, frames } = splitFrames(bytes);
    const end = frames.length - (change === 'swapped' ? 1 : 0);
    for (let index = 0; index < end; index++) {
      if (index % step !== 0 && index < end - 2) continue;
      const verdict = await copy.with(file, Buffer.concat([header, ...CHANGES[change](frames, index)]), ask);
      const what = `entry ${index} of ${file} ${change}`;
      // The last entry of a chain that nobody names: what is found is that the chain was not closed.
      const isEnd = change === 'deleted' && index === frames.length - 1 && file === segments.at(-1)?.[0];
      expect(verdict.exitCode, what).equal(isEnd ? 2 : 1);
      const [wid, wseq] = toEntryAt(copy.files, file, bytes.indexOf(frames[index] ?? header)).split(' ');
      const place = `${wid} ${Number(wseq) + (change === 'doubled' ? 1 : 0)} `;
      const places = isEnd ? verdict.problems : [verdict.firstBroken];
      expect(
        places.some((found) => found?.startsWith(place)),
        what,
      ).equal(true);
    }
  }
}

/** Flips a bit of every `step`-th byte of the segments and expects its entry to be named. */
export async function sweepBytes(copy: LedgerCopy, ask: () => Promise<Verdict>, step = 1, start = 0): Promise<void> {
  for (const [file, bytes] of copy.files) {
    if (!file.endsWith('.seg')) continue;
    for (let offset = start; offset < bytes.length; offset += step) {
      const verdict = await copy.withFlip(file, offset, ask);
      const isFound =
        verdict.exitCode === 1 && verdict.firstBroken?.startsWith(`${toEntryAt(copy.files, file, offset)} `);
      if (isFound !== true) expect.fail(`${file} at ${offset}: ${JSON.stringify(verdict)}`);
    }
  }
}

/** Cuts the segments of writers at every `step`-th byte and expects the entry that is gone to be named. */
export async function sweepCuts(copy: LedgerCopy, ask: () => Promise<Verdict>, step = 1, start = 0): Promise<void> {
  const segments = [...copy.files].filter(([file]) => file.endsWith('.seg'));
  for (const [file, bytes] of segments) {
    const isNamed = file !== segments.at(-1)?.[0];
    for (let length = start; length < bytes.length; length += step) {
      const verdict = await copy.with(file, bytes.subarray(0, length), ask);
      const places = isNamed ? [verdict.firstBroken] : verdict.problems;
      const isFound = places.some((place) => place?.startsWith(`${toEntryAt(copy.files, file, length)} `));
      if (verdict.exitCode !== (isNamed ? 1 : 2) || !isFound) {
        expect.fail(`${file} cut to ${length}: ${JSON.stringify(verdict)}`);
      }
    }
  }
}
