import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { readFrame, SEGMENT_HEADER_BYTES } from '#lib/audit/frame.js';

/** Every entry of a ledger, parsed, with its length. */
export function* entriesOf(directory) {
  const folder = join(directory, 'segments');
  for (const name of readdirSync(folder).toSorted()) {
    const bytes = readFileSync(join(folder, name));
    let frame = readFrame(bytes, SEGMENT_HEADER_BYTES);
    while (frame !== undefined) {
      yield { bytes: frame.entry.length, ...JSON.parse(frame.entry.toString('utf8')) };
      frame = readFrame(bytes, frame.end);
    }
  }
}

/** How long the last entry of a kind is. */
export function lastEntryBytes(directory, kind) {
  let length = 0;
  for (const entry of entriesOf(directory)) if (entry.kind === kind) length = entry.bytes;
  return length;
}
