// What is downloaded and built for the backends stays in .backends, which git ignores; a stamp says of which recipe it is.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const CACHE = resolve(fileURLToPath(import.meta.url), '../../../.backends');
const LOG_TAIL_CHARS = 2000;

/** The folder of one thing in the cache. */
export function cacheFolder(name) {
  return join(CACHE, name);
}

/** Runs a program to its end; what it prints goes to a file, whose end is in the error when it fails. */
export async function runQuietly(command, args, { cwd = CACHE, env = process.env, log }) {
  const file = createWriteStream(log, { flags: 'a' });
  await once(file, 'open');
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', file, file] });
  const [status] = await once(child, 'close');
  file.end();
  if (status === 0) return;
  const text = readFileSync(log, 'utf8').slice(-LOG_TAIL_CHARS);
  throw new Error(`${command} ${args.join(' ')} ended with ${status}; the end of ${log}:\n${text}`);
}

/** Builds a folder of the cache unless the one that is there is of this recipe, which says `what` it is; gives the folder. */
export async function kept(name, recipe, build) {
  const folder = cacheFolder(name);
  const stamp = join(folder, 'recipe.json');
  const text = `${JSON.stringify(recipe, null, 2)}\n`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === text) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  console.log(`${name}: preparing ${recipe.what}; its output is in ${folder}/build.log`);
  await build(folder, join(folder, 'build.log'));
  // Last: a build that was cut short leaves none.
  writeFileSync(stamp, text);
  return folder;
}
