import fs from 'node:fs';
import { createConnection, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { type FileSystem, systemCode } from './file-system.js';
import { isSameProcess, readProcessMark } from './process-mark.js';
import type { Liveness } from './store.js';

// `sun_path` holds 108 bytes, and what is longer is cut by some libc.
const MAX_PATH_BYTES = 100;
// Nothing there means that nobody is.
const GONE = new Set(['ECONNREFUSED', 'ENOENT', 'ENOTSOCK']);

/** A path under which a socket in a folder is reached; `close` when it is not needed any more. */
function reach(folder: string, name: string): { readonly path: string; readonly close: () => void } {
  const path = join(folder, name);
  if (Buffer.byteLength(path) <= MAX_PATH_BYTES) return { path, close: () => undefined };
  const fd = fs.openSync(folder, fs.constants.O_RDONLY | fs.constants.O_DIRECTORY);
  return { path: `/proc/self/fd/${fd}/${name}`, close: () => fs.closeSync(fd) };
}

function listen(path: string): Server {
  const server = createServer((socket) => socket.destroy());
  // Told in a later turn; whether it listens is known at once.
  server.on('error', () => undefined);
  server.listen({ path, exclusive: true });
  server.unref();
  return server;
}

/** Shows that a writer is there until the function that it returns is called. */
export function showAlive(files: FileSystem, directory: string, wid: string): () => void {
  const folder = join(directory, 'live');
  const door = reach(folder, `${wid}.sock`);
  const server = listen(door.path);
  if (server.listening) {
    try {
      files.chmodSync(join(folder, `${wid}.sock`), 0o600);
    } catch (error) {
      server.close(door.close);
      throw error;
    }
    return () => server.close(door.close);
  }
  door.close();
  const path = join(folder, `${wid}.json`);
  fs.writeFileSync(path, JSON.stringify(readProcessMark()), { flag: 'wx', mode: 0o600 });
  return () => {
    try {
      files.unlinkSync(path);
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw error;
    }
  };
}

/** Whether the process of a writer is there. A process that is stopped is. */
export function askAlive(directory: string, wid: string): Promise<Liveness> {
  const folder = join(directory, 'live');
  let door;
  try {
    door = reach(folder, `${wid}.sock`);
  } catch (error) {
    // Of whom nothing is known, as when this process has no file left to open, it is assumed: a writer that is taken for dead
    // by mistake goes on behind what is called its end.
    return Promise.resolve(isNobody(error) ? 'dead' : 'alive');
  }
  const { path, close } = door;
  return new Promise((resolve) => {
    const socket = createConnection({ path });
    const answer = (liveness: Liveness): void => {
      socket.destroy();
      close();
      resolve(liveness);
    };
    socket.once('connect', () => answer('alive'));
    socket.on('error', (error) => {
      if (!isNobody(error)) answer('alive');
      else answer(isMarked(folder, wid) ? 'alive' : 'dead');
    });
  });
}

function isNobody(error: unknown): boolean {
  return GONE.has(systemCode(error) ?? '');
}

function isMarked(folder: string, wid: string): boolean {
  let text: string;
  try {
    text = fs.readFileSync(join(folder, `${wid}.json`), 'utf8');
  } catch (error) {
    return !isNobody(error);
  }
  try {
    return isSameProcess(JSON.parse(text) as unknown);
  } catch {
    return false;
  }
}
