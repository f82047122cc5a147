// Throw-away folders for a run, named by its process: an interrupted one leaves its folder, which the next run removes.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { cacheFolder } from './cache.mjs';

const RUNS = cacheFolder('runs');

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** An empty folder for the data of this process; the caller removes it. */
export function runFolder() {
  mkdirSync(RUNS, { recursive: true });
  for (const name of readdirSync(RUNS)) {
    if (name === String(process.pid) || !isAlive(Number(name)))
      rmSync(join(RUNS, name), { recursive: true, force: true });
  }
  const folder = join(RUNS, String(process.pid));
  mkdirSync(folder);
  return folder;
}
