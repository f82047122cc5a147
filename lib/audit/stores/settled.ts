import { join } from 'node:path';
import { createUlid, isUlid } from '../ulid.js';
import { type FileSystem, NEW_FILE, readWhole, systemCode, writeAllSync } from './file-system.js';

/** The last entry of a writer that is done. */
export interface SettledHead {
  readonly wseq: number;
  readonly hash: string;
  /** Whether a later genesis names it. */
  readonly isNamed: boolean;
}

/** Reads the hints; what does not read is none. */
export function readSettled(files: FileSystem, directory: string): Map<string, SettledHead> {
  const folder = join(directory, 'settled');
  const heads = new Map<string, SettledHead>();
  for (const name of listFolder(files, folder)) {
    const wid = name.slice(0, -5);
    if (!name.endsWith('.json') || !isUlid(wid)) continue;
    const head = readHead(files, join(folder, name));
    if (head !== undefined) heads.set(wid, head);
  }
  return heads;
}

/** Writes a hint. It is no evidence, so nothing waits for the disk. */
export function writeSettled(files: FileSystem, directory: string, wid: string, head: SettledHead): void {
  const draft = join(directory, 'settled', `.${wid}.${createUlid()}`);
  const fd = files.openSync(draft, NEW_FILE, 0o600);
  const text = JSON.stringify({ hash: head.hash, isNamed: head.isNamed, wseq: head.wseq });
  try {
    try {
      writeAllSync(files, fd, Buffer.from(text), 0);
    } finally {
      files.closeSync(fd);
    }
    files.renameSync(draft, join(directory, 'settled', `${wid}.json`));
  } catch (error) {
    files.unlinkSync(draft);
    throw error;
  }
}

/** What a folder lists; nothing where it is not there. */
export function listFolder(files: FileSystem, path: string): string[] {
  try {
    return files.readdirSync(path).sort();
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

function readHead(files: FileSystem, path: string): SettledHead | undefined {
  try {
    const { wseq, hash, isNamed } = JSON.parse(readWhole(files, path).toString('utf8')) as Partial<SettledHead>;
    if (typeof wseq !== 'number' || typeof hash !== 'string' || typeof isNamed !== 'boolean') return undefined;
    return { wseq, hash, isNamed };
  } catch {
    return undefined;
  }
}
