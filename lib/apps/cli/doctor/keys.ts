import { existsSync, lstatSync, realpathSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

import { listSegments } from '../../../audit/read/segment-files.js';
import { existingFolder } from './disk.js';
import { broken, doubtful, fine, type Finding, type Patient } from './finding.js';
import { checkContents, checkFolder } from './folder.js';

const DAY_MS = 86_400_000;
const OLD_DAYS = 365;

/** A path with the links of what exists of it followed. */
function realOf(path: string): string {
  const existing = existingFolder(path);
  return join(realpathSync(existing), relative(existing, path));
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** Whether the keys are outside of the ledger, private, there, and not too old. */
export function checkKeys({ directory, keys }: Patient): Finding[] {
  if (isInside(realOf(keys), realOf(directory))) {
    return [
      broken(
        'keys',
        `${keys} is inside of the ledger`,
        'name a folder outside: a copy of the ledger must not hold its keys',
      ),
    ];
  }
  const folder = checkFolder('keys', keys);
  if (folder.state !== 'ok') return [folder, ...missing(directory, keys)];
  return [folder, ...checkContents('key files', keys), ...missing(directory, keys)];
}

function missing(directory: string, keys: string): Finding[] {
  const file = join(keys, 'ledger.key');
  const hasLedger = existsSync(join(directory, 'ledger.json'));
  const hasKey = lstatSync(file, { throwIfNoEntry: false })?.isFile() === true;
  if (!hasLedger && hasKey) {
    return [
      broken(
        'ledger',
        'its key is there and the ledger is not',
        'restore the ledger; to begin another, move the folder of keys away',
      ),
    ];
  }
  if (hasLedger && !hasKey) {
    const says = `${file} is not there`;
    return [
      listSegments(directory).size > 0
        ? broken('key', says, 'restore it: without it the ledger is not opened and no payload can be read')
        : doubtful('key', says, 'nothing, where nothing was recorded yet; the program makes it'),
    ];
  }
  if (!hasKey) return [];
  const days = Math.floor((Date.now() - statSync(file).mtimeMs) / DAY_MS);
  const says = `made ${days.toLocaleString('en')} days ago`;
  return [days > OLD_DAYS ? doubtful('key', says, 'begin a new ledger, with a key of its own') : fine('key', says)];
}
