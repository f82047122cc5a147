import { closeSync, openSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { readNames } from './segment-files.js';

const SOCKET_NAME = /^([0-7][0-9A-HJKMNP-TV-Z]{25})\.sock$/;
/** The longest path of a socket that every system takes. */
const MAX_SOCKET_PATH = 100;
/** A writer that is stopped is connected to as well; the kernel does it. */
const CONNECT_DEADLINE_MS = 2000;

/** Writers of a ledger that live now, as `live/` says and the system confirms. Throws what the file system says. */
export async function findLiveWriters(directory: string): Promise<Set<string>> {
  const alive = new Set<string>();
  const folder = join(directory, 'live');
  const sockets = readNames(folder).flatMap((name) => {
    const wid = SOCKET_NAME.exec(name)?.[1];
    return wid === undefined ? [] : [{ wid, name }];
  });
  if (sockets.length === 0) return alive;
  const descriptor = openSync(folder, 'r');
  try {
    for (const { wid, name } of sockets) {
      const path = join(folder, name);
      const isLong = Buffer.byteLength(path) > MAX_SOCKET_PATH;
      if (await isListening(isLong ? `/proc/self/fd/${descriptor}/${name}` : path)) alive.add(wid);
    }
  } finally {
    closeSync(descriptor);
  }
  return alive;
}

function isListening(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const finish = (isAlive: boolean): void => {
      socket.destroy();
      resolve(isAlive);
    };
    socket.setTimeout(CONNECT_DEADLINE_MS, () => finish(false));
    socket.once('connect', () => finish(true)).once('error', () => finish(false));
  });
}
