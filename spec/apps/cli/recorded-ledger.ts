import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { CallStart, Ledger } from '#lib/audit/ledger.js';
import { openLedger } from '#lib/audit/open-ledger.js';

/** The run of every call of a `RecordedLedger`. */
export const RUN = 'run-7';
/** The span of `child`. */
export const SPAN = 'b7ad6b7169203331';
/** The trace of every call of a `RecordedLedger`. */
export const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

function start(id: string, rest: Partial<CallStart> = {}): CallStart {
  return {
    id,
    run: RUN,
    traceparent: `00-${TRACE}-00f067aa0ba902b7-01`,
    op: { class: 'Support', method: id },
    system: 'llm',
    provider: 'openai',
    model: 'gpt-5',
    level: 'requestResponse',
    request: { value: { prompt: `what is ${id}?` } },
    ...rest,
  };
}

/** A folder with a ledger that programs of this process wrote: `parent` around `child`, and `failing`. */
export class RecordedLedger {
  readonly around = realpathSync(mkdtempSync(join(tmpdir(), 'recorded-ledger-')));
  readonly directory = join(this.around, 'ledger');
  readonly keys = `${this.directory}.keys`;

  remove(): void {
    rmSync(this.around, { recursive: true, force: true });
  }

  async record(more?: (ledger: Ledger) => Promise<void>): Promise<void> {
    await using ledger = await openLedger({ directory: this.directory });
    await ledger.append({ kind: 'run', run: RUN, data: { by: 'spec' } });
    const parent = await ledger.begin(start('parent'));
    const child = await ledger.begin(start('child', { parent: { id: 'parent', seq: parent.nextChild() } }));
    await child.end({
      status: 'ok',
      traceparent: `00-${TRACE}-${SPAN}-01`,
      usage: { in: 12, out: 34 },
      response: { value: { answer: 'a \u202Echild\u{1b}[31m' } },
    });
    await parent.end({ status: 'ok', response: { value: { answer: 'a parent' } } });
    const failing = await ledger.begin(start('failing'));
    await failing.end({ status: 'error', error: { type: 'TypeError', code: 'ECONNRESET' } });
    await more?.(ledger);
  }

  /** Many small entries. */
  async fill(count: number): Promise<void> {
    await using ledger = await openLedger({ directory: this.directory });
    await Promise.all(Array.from({ length: count }, (_, index) => ledger.append({ kind: 'note', data: { index } })));
  }

  /** Every file of a payload. */
  payloads(): string[] {
    const folder = join(this.directory, 'payloads');
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  }

  /** The first segment of the first writer. */
  segment(): string {
    const [name = ''] = readdirSync(join(this.directory, 'segments')).sort();
    return join(this.directory, 'segments', name);
  }
}
