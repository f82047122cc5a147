import { closeSync, fsyncSync, lstatSync, mkdirSync, openSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { SpanwrightError } from '../core/errors.js';

const OTHERS = 0o077;

/** Says why a folder or a file of keys is not taken. */
export function refuseKeys(what: string, cause?: unknown): SpanwrightError {
  return new SpanwrightError('AUDIT_LEDGER_REFUSED', what, cause === undefined ? {} : { cause });
}

/** Makes what was created in a folder survive a power failure. */
export function syncFolder(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function isMissing(error: unknown): boolean {
  return (error as { code?: unknown }).code === 'ENOENT';
}

/** Refuses a path that others than this user can read or write, or that leads elsewhere. Throws `AUDIT_LEDGER_REFUSED`. */
export function checkPrivate(path: string, kind: 'file' | 'folder'): void {
  const stats = lstatSync(path);
  const isKind = kind === 'file' ? stats.isFile() : stats.isDirectory();
  if (!isKind) throw refuseKeys(`${path}: got something else, expected a ${kind} and no link to one`);
  // Windows tells neither owners nor rights.
  if (process.platform === 'win32') return;
  if (stats.uid !== process.geteuid?.()) throw refuseKeys(`${path}: got the owner ${stats.uid}, expected this user`);
  if ((stats.mode & OTHERS) !== 0) {
    const mode = (stats.mode & 0o777).toString(8);
    throw refuseKeys(`${path}: got the mode ${mode}, expected no rights for the group and others`);
  }
}

/** Makes the folder of the keys, or checks the one that is there. Throws `AUDIT_LEDGER_REFUSED`. */
export function openKeyFolder(path: string, ledger: string): void {
  const inside = relative(resolve(ledger), resolve(path));
  if (inside === '' || (!inside.startsWith('..') && resolve(path).startsWith(resolve(ledger)))) {
    throw refuseKeys(`keys: got ${path}, expected a folder outside of the ledger's`);
  }
  try {
    checkPrivate(path, 'folder');
  } catch (error) {
    if (!isMissing(error)) throw error;
    makeFolder(path);
    checkPrivate(path, 'folder');
  }
}

function makeFolder(path: string): void {
  const parent = dirname(resolve(path));
  mkdirSync(parent, { recursive: true });
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process that opens the ledger may be first.
    if ((error as { code?: unknown }).code !== 'EEXIST') throw error;
  }
  syncFolder(parent);
}
