import { lstatSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { checkFileSystem, checkSpace } from './disk.js';
import { broken, type Finding, type Patient } from './finding.js';
import { checkContents, checkFolder, checkParent } from './folder.js';
import { checkJournals } from './journals.js';
import { checkKeys } from './keys.js';
import { checkRoundTrip } from './round-trip.js';
import { checkClock, checkIndex, checkNode } from './runtime.js';
import { checkSync } from './sync-test.js';
import { checkWriters } from './writers.js';

type Checked = Finding | readonly Finding[];

/** A check that cannot be made is a finding as well. */
async function guarded(check: string, run: () => Checked | Promise<Checked>): Promise<readonly Finding[]> {
  try {
    return [await run()].flat();
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    return [broken(check, says, 'see whether this user may read it')];
  }
}

/** A folder on the ledger's own disk: beside it, or in it where it is a disk of its own. */
function makeScratch({ directory }: Patient): string {
  const parent = dirname(directory);
  const own = lstatSync(directory, { throwIfNoEntry: false });
  const isDisk = own?.isDirectory() === true && own.dev !== statSync(parent).dev;
  return mkdtempSync(isDisk ? join(directory, 'doctor-') : join(parent, `${basename(directory)}.doctor-`));
}

async function tryOut(patient: Patient): Promise<Finding[]> {
  const scratch = makeScratch(patient);
  try {
    return [
      ...(await guarded('sync', () => checkSync(scratch))),
      ...(await guarded('round trip', () => checkRoundTrip(scratch))),
    ];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Looks at everything that a ledger needs. Changes nothing in it; what it tries out it removes again. */
export async function examine(patient: Patient): Promise<Finding[]> {
  const checks: ReadonlyArray<readonly [string, () => Checked | Promise<Checked>]> = [
    ['folder', () => checkFolder('folder', patient.directory)],
    ['parent', () => checkParent(patient)],
    ['contents', () => checkContents('contents', patient.directory)],
    ['file system', () => checkFileSystem(patient)],
    ['space', () => checkSpace(patient)],
    ['node', () => checkNode()],
    ['clock', () => checkClock(patient)],
    ['keys', () => checkKeys(patient)],
    ['writers', () => checkWriters(patient)],
    ['journals', () => checkJournals(patient)],
    ['index', () => checkIndex(patient)],
    ['scratch', () => tryOut(patient)],
  ];
  const findings: Finding[] = [];
  for (const [check, run] of checks) findings.push(...(await guarded(check, run)));
  return findings;
}
