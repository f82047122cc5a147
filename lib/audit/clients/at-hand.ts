import { setImmediate } from 'node:timers/promises';

/** What of a body is known before its request leaves. */
const MAX_BYTES = 16_777_216;
const PENDING = Symbol('pending');

// Turns of the event loop that a body may take. What was made of a text or of bytes is there at once.
const TURNS = 3;

async function afterTurns(): Promise<typeof PENDING> {
  for (let turn = 0; turn < TURNS; turn++) await setImmediate();
  return PENDING;
}

/** Reads a stream whose bytes are in memory; undefined, and cancelled, where they have to be waited for. */
export async function readAtHand(stream: ReadableStream<Uint8Array>): Promise<Uint8Array | undefined> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const waited = afterTurns();
  try {
    for (;;) {
      const item = await Promise.race([reader.read(), waited]);
      if (item === PENDING || length > MAX_BYTES) {
        reader.cancel().catch(() => {});
        return undefined;
      }
      if (item.done) return Buffer.concat(chunks);
      chunks.push(item.value);
      length += item.value.byteLength;
    }
  } catch {
    // A body that fails fails in the request as well.
    return undefined;
  }
}

/** Bytes of a blob that is small enough to be held; undefined where it is not, or cannot be read. */
export async function blobAtHand(blob: Blob): Promise<Uint8Array | undefined> {
  if (blob.size > MAX_BYTES) return undefined;
  return blob.arrayBuffer().then(
    (buffer) => new Uint8Array(buffer),
    () => undefined,
  );
}
