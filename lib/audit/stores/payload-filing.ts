// Payloads of a journal that takes no more become files; then it is removed. Whatever fails leaves the journal as it is,
// which is as good a place.
import { dirname, join } from 'node:path';
import {
  type FileSystem,
  NEW_FILE,
  OLD_FILE,
  openLater,
  syncFolderLater,
  systemCode,
  whenDone,
} from './file-system.js';
import { type JournalPlace, payloadPath, readPiece, scanJournal } from './payload-source.js';

/** Files the payloads of one journal and gives their number. */
export async function fileJournal(files: FileSystem, folder: string, path: string): Promise<number> {
  const { places } = scanJournal(files, path);
  const fd = files.openSync(path, OLD_FILE);
  const shards = new Set<string>();
  try {
    for (const place of places) shards.add(await filePayload(files, folder, fd, place));
  } finally {
    files.closeSync(fd);
  }
  for (const shard of [...shards, folder]) await syncFolderLater(files, shard);
  await whenDone((done) => files.unlink(path, done));
  return places.length;
}

async function filePayload(files: FileSystem, folder: string, journal: number, place: JournalPlace): Promise<string> {
  const path = payloadPath(folder, place.ref);
  const shard = dirname(path);
  makeShard(files, shard);
  // Under a name of its own until it is whole.
  const draft = join(shard, `.${place.ref}`);
  const bytes = readPiece(files, journal, place.offset, place.length);
  removeDraft(files, draft);
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
