import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const SEGMENT_NAME = /^([0-7][0-9A-HJKMNP-TV-Z]{25})-(\d{6})\.seg$/;

/** A segment in the folder of a ledger. */
export interface SegmentFile {
  readonly number: number;
  readonly path: string;
  /** Path inside the folder of the ledger, for people. */
  readonly file: string;
}

/** The path of a segment inside the folder of the ledger. */
export function toSegmentFile(wid: string, number: number): string {
  return `segments/${wid}-${String(number).padStart(6, '0')}.seg`;
}

/** The segments of a ledger by writer, oldest first. A folder that is not there holds none; throws where it cannot be read. */
export function listSegments(directory: string): Map<string, SegmentFile[]> {
  const found = new Map<string, SegmentFile[]>();
  for (const name of readNames(join(directory, 'segments')).sort()) {
    const [, wid, digits] = SEGMENT_NAME.exec(name) ?? [];
    if (wid === undefined) continue;
    const segment = { number: Number(digits), path: join(directory, 'segments', name), file: `segments/${name}` };
    const others = found.get(wid);
    if (others === undefined) found.set(wid, [segment]);
    else others.push(segment);
  }
  return found;
}

/** Names in a folder; none where it is not there. */
export function readNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
