// Virtual environments with packages of the Python index.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { kept, runQuietly } from './cache.mjs';

/** Why there can be no virtual environment; nothing when there can. */
export function missingPython() {
  const { status } = spawnSync('python3', ['-c', 'import venv, ensurepip'], { stdio: 'ignore' });
  return status === 0 ? undefined : 'python3 -m venv cannot be had';
}

/** Installs one package, pinned, into an environment of its own; gives the folder of its programs. */
export async function installPython(name, requirement) {
  const folder = await kept(name, { what: requirement }, async (home, log) => {
    await runQuietly('python3', ['-m', 'venv', home], { log });
    await runQuietly(join(home, 'bin/pip'), ['install', '--no-input', requirement], { log });
  });
  return join(folder, 'bin');
}
