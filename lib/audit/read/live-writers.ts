import { join } from 'node:path';
import { askAlive } from '../stores/liveness.js';
import { readNames } from './segment-files.js';

const LIVE_NAME = /^([0-7][0-9A-HJKMNP-TV-Z]{25})\.(?:sock|json)$/;

/** Writers of a ledger that live now, as `live/` says and the system confirms. Throws what the file system says. */
export async function findLiveWriters(directory: string): Promise<Set<string>> {
  const alive = new Set<string>();
  for (const name of readNames(join(directory, 'live'))) {
    const wid = LIVE_NAME.exec(name)?.[1];
    if (wid !== undefined && (await askAlive(directory, wid)) === 'alive') alive.add(wid);
  }
  return alive;
}
