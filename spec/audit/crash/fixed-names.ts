import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

// strace knows a file by its whole path, and the names of a ledger's files are drawn: the first run tells the names, and the
// runs with a fault must draw the same.
let drawn = 0;

function fill(bytes: Buffer): Buffer {
  for (let at = 0; at < bytes.length; at += 32) {
    crypto.createHash('sha256').update(`${drawn++}`).digest().copy(bytes, at);
  }
  return bytes;
}

const NOW = Date.UTC(2026, 0, 1);

/** Lets every name that is drawn be the same in each run; called before a ledger is opened. */
export function fixNames(): void {
  crypto.randomBytes = ((size: number) => fill(Buffer.alloc(size))) as typeof crypto.randomBytes;
  crypto.randomFillSync = ((view: Buffer) => {
    fill(Buffer.from(view.buffer, view.byteOffset, view.byteLength));
    return view;
  }) as typeof crypto.randomFillSync;
  Date.now = () => NOW;
  syncBuiltinESMExports();
}
