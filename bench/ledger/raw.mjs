import { fdatasync, fdatasyncSync, openSync, write, writeSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Bytes of an entry of 1 KiB with its frame. */
export const FRAME_BYTES = 1044;
const writeLater = promisify(write);
const syncLater = promisify(fdatasync);
const AHEAD_BYTES = 16 * 1024 ** 2;

/** What anybody writes by hand: `write` at the end of a file, then `fdatasync`, both in the call. */
export function growingFile(folder) {
  const fd = openSync(join(folder, 'raw-growing'), 'w', 0o600);
  return (bytes) => {
    writeSync(fd, bytes, 0, bytes.length);
    fdatasyncSync(fd);
  };
}

function openAhead(folder, name) {
  const fd = openSync(join(folder, name), 'w', 0o600);
  writeSync(fd, Buffer.alloc(AHEAD_BYTES), 0, AHEAD_BYTES, 0);
  fdatasyncSync(fd);
  let offset = 0;
  const place = (length) => {
    if (offset + length > AHEAD_BYTES) offset = 0;
    offset += length;
    return offset - length;
  };
  return { fd, place };
}

/** The same within space that was written before, so that a sync changes no size. */
export function aheadFile(folder) {
  const { fd, place } = openAhead(folder, 'raw-ahead');
  return (bytes) => {
    writeSync(fd, bytes, 0, bytes.length, place(bytes.length));
    fdatasyncSync(fd);
  };
}

/** The same on a thread of the pool, so that the loop goes on meanwhile. */
export function aheadFileAsync(folder) {
  const { fd, place } = openAhead(folder, 'raw-ahead-async');
  return async (bytes) => {
    await writeLater(fd, bytes, 0, bytes.length, place(bytes.length));
    await syncLater(fd);
  };
}
