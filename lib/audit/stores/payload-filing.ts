// Payloads of a journal that takes no more become files; then it is removed. Whatever fails leaves the journal as it is,
// which is as good a place.
import { basename, dirname, join } from 'node:path';
import {
  type FileSystem,
  NEW_FILE,
  OLD_FILE,
  openLater,
  syncFolderLater,
  systemCode,
  whenDone,
} from './file-system.js';
import { createUlid } from '../ulid.js';
import { payloadPath, walkJournal } from './payload-source.js';
import { listFolder } from './settled.js';

/** How a journal is filed. */
export interface FilingRules {
  /** Whether to stop before the next payload. */
  readonly isOver?: () => boolean;
  /** Whether somebody else may have begun it: what that left of the same payloads goes. */
  readonly isLeft?: boolean;
  /** Waits before each payload until the disk is free. Default: not at all. */
  readonly whenFree?: () => Promise<void>;
}

/** Files the payloads of one journal and gives their number; undefined where it stopped, and the journal stays. */
export async function fileJournal(
  files: FileSystem,
  folder: string,
  path: string,
  { isOver = () => false, isLeft = false, whenFree }: FilingRules = {},
): Promise<number | undefined> {
  const fd = files.openSync(path, OLD_FILE);
  const shards = new Set<string>();
  let count = 0;
  try {
    for (const { place, bytes } of walkJournal(files, fd)) {
      await whenFree?.();
      if (isOver()) return undefined;
      shards.add(await filePayload(files, payloadPath(folder, place.ref), bytes, isLeft));
      count++;
    }
  } finally {
    files.closeSync(fd);
  }
  for (const shard of [...shards, folder]) await syncFolderLater(files, shard);
  await whenDone((done) => files.unlink(path, done));
  return count;
}

async function filePayload(files: FileSystem, path: string, bytes: Buffer, isLeft: boolean): Promise<string> {
  const shard = dirname(path);
  const ref = basename(path);
  makeShard(files, shard);
  if (isLeft) {
    const drafts = listFolder(files, shard).filter((name) => name.startsWith('.') && name.endsWith(ref));
    for (const name of drafts) removeDraft(files, join(shard, name));
  }
  // Under a name of its own until it is whole: another process may file the same journal, and must not find half a file.
  const draft = join(shard, `.${createUlid()}.${ref}`);
  try {
    await writeDraft(files, draft, bytes);
    await whenDone((done) => files.rename(draft, path, done));
  } catch (error) {
    removeDraft(files, draft);
    throw error;
  }
  return shard;
}

async function writeDraft(files: FileSystem, path: string, bytes: Buffer): Promise<void> {
  const fd = await openLater(files, path, NEW_FILE);
  try {
    for (let from = 0; from < bytes.length;) from += await writeSome(files, fd, bytes, from);
    await whenDone((done) => files.fsync(fd, done));
  } finally {
    await whenDone((done) => files.close(fd, done));
  }
}

function writeSome(files: FileSystem, fd: number, bytes: Buffer, from: number): Promise<number> {
  return new Promise((resolve, reject) => {
    files.write(fd, bytes, from, bytes.length - from, from, (error, written) => {
      if (error) reject(error);
      else if (written <= 0) reject(new Error('a write took no bytes and gave no error'));
      else resolve(written);
    });
  });
}

function makeShard(files: FileSystem, path: string): void {
  try {
    files.mkdirSync(path, 0o700);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}

/** One that was begun. */
function removeDraft(files: FileSystem, path: string): void {
  try {
    files.unlinkSync(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}
