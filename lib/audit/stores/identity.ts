import { join } from 'node:path';
import { createUlid } from '../ulid.js';
import { auditError, reasonOf } from './audit-error.js';
import { type FileSystem, publish, readWhole, syncFolder, systemCode } from './file-system.js';
import { listFolder } from './settled.js';

/** What `ledger.json` says the format is. */
export const LEDGER_FORMAT = 'spanwright-ledger/1';

/** Bytes of a new `ledger.json`. */
export function createIdentity(): Buffer {
  const identity = { createdAt: new Date().toISOString(), format: LEDGER_FORMAT, inc: createUlid(), lid: createUlid() };
  return Buffer.from(JSON.stringify(identity));
}

/** Reads `ledger.json`; undefined where there is none. */
export function readIdentity(files: FileSystem, directory: string): Buffer | undefined {
  const path = join(directory, 'ledger.json');
  try {
    const bytes = readWhole(files, path);
    checkFormat(bytes, path);
    return bytes;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Reads `ledger.json` or makes it; two that start at once get the same. Refuses where a ledger was and is not. */
export function openIdentity(files: FileSystem, directory: string, keys: string): Buffer {
  const there = readIdentity(files, directory);
  if (there !== undefined) return there;
  const trace = findTrace(files, directory, keys);
  if (trace !== undefined) {
    // Whoever began the ledger in between made it before what points to it.
    const late = readIdentity(files, directory);
    if (late !== undefined) return late;
    throw auditError('AUDIT_LEDGER_MISSING', `${trace} is there, and ${directory}/ledger.json is not`);
  }
  publish(files, join(directory, 'ledger.json'), join(directory, `.ledger.${createUlid()}`), createIdentity());
  syncFolder(files, directory);
  const made = readIdentity(files, directory);
  if (made === undefined) throw auditError('AUDIT_LEDGER_REFUSED', `${directory}/ledger.json went away`);
  return made;
}

function findTrace(files: FileSystem, directory: string, keys: string): string | undefined {
  const segments = listFolder(files, join(directory, 'segments'));
  return segments[0] === undefined ? keyTrace(files, keys) : join(directory, 'segments', segments[0]);
}

function keyTrace(files: FileSystem, keys: string): string | undefined {
  const path = join(keys, 'ledger.key');
  try {
    files.lstatSync(path);
    return path;
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return undefined;
    throw auditError('AUDIT_LEDGER_REFUSED', `cannot look for ${path}: ${reasonOf(error)}`, error);
  }
}

function checkFormat(bytes: Buffer, path: string): void {
  let format: unknown;
  try {
    format = (JSON.parse(bytes.toString('utf8')) as { format?: unknown } | null)?.format;
  } catch (error) {
    throw auditError('AUDIT_LEDGER_REFUSED', `${path} is no JSON`, error);
  }
  if (format === LEDGER_FORMAT) return;
  throw auditError(
    'AUDIT_LEDGER_REFUSED',
    `${path} is of another version: got ${String(format)}, expected ${LEDGER_FORMAT}`,
  );
}
