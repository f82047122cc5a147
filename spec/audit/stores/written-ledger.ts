import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createSegmentHeader, FRAME_HEADER_BYTES, writeFrame } from '#lib/audit/frame.js';

/** Two writers' ids, the first of which sorts first. */
export const WRITERS = ['01ARZ3NDEKTSV4RRFFQ69G5FAV', '01BX5ZZKBKACTAV9WEVGEMMVRZ'] as const;

/** A trace id that is the same for the same letter. */
export function traceOf(letter: string): string {
  return letter.repeat(32);
}

/** A folder of a ledger whose segments hold what they are told, chained or not. */
export class WrittenLedger implements Disposable {
  readonly directory = realpathSync(mkdtempSync(join(tmpdir(), 'written-ledger-')));

  constructor() {
    mkdirSync(join(this.directory, 'segments'));
    writeFileSync(join(this.directory, 'ledger.json'), '{"format":"spanwright-ledger/1"}');
  }

  [Symbol.dispose](): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  segment(wid: string, number: number): string {
    return join(this.directory, 'segments', `${wid}-${String(number).padStart(6, '0')}.seg`);
  }

  begin(wid: string, number = 0): void {
    writeFileSync(this.segment(wid, number), createSegmentHeader(number));
  }

  /** Adds an entry of a writer to one of its segments. */
  add(wid: string, wseq: number, facts: object, number = 0): void {
    const entry = Buffer.from(JSON.stringify({ wid, wseq, ...facts }));
    const frame = Buffer.alloc(FRAME_HEADER_BYTES + entry.length);
    writeFrame(frame, 0, entry, wseq);
    appendFileSync(this.segment(wid, number), frame);
  }

  /** Adds the two entries of a call. */
  addCall(wid: string, wseq: number, id: string, number = 0): void {
    const call = {
      id,
      attempt: 1,
      run: `run of ${id.slice(0, 1)}`,
      traceparent: `00-${traceOf('a')}-${'b'.repeat(16)}-01`,
    };
    this.add(wid, wseq, { kind: 'intent', call }, number);
    this.add(wid, wseq + 1, { kind: 'outcome', call }, number);
  }
}
