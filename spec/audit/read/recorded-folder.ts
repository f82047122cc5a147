import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { CallStart, Ledger } from '#lib/audit/ledger.js';
import { openLedgerWith } from '#lib/audit/open-ledger.js';

/** A folder with a ledger and its keys beside it. */
export class RecordedFolder {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'spanwright-recorded-')));
  readonly directory = join(this.root, 'ledger');
  readonly keys = join(this.root, 'ledger.keys');

  open(): Promise<Ledger> {
    return openLedgerWith({ directory: this.directory }, { allowMemoryFileSystem: true });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** A call to a model, as a decorator would record it. */
export function toStart(id: string, more: Partial<CallStart> = {}): CallStart {
  return {
    id,
    op: { class: 'Synthesizer', method: 'complete' },
    system: 'llm',
    provider: 'openai',
    host: 'api.openai.com:443',
    model: 'gpt-4.1',
    request: { value: { prompt: `prompt of ${id}` } },
    ...more,
  };
}
