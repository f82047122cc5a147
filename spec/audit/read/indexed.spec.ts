import { expect } from 'chai';

import type { EntryIndex } from '#lib/audit/read/entry-index.js';
import { explain } from '#lib/audit/read/explain.js';
import { lineage } from '#lib/audit/read/lineage.js';
import { openSegmentStoreForReading } from '#lib/audit/stores/segment-archive.js';
import type { StoredEntry } from '#lib/audit/stores/store.js';
import { LedgerBuilder, writeFiles } from './ledger-builder.js';
import { RecordedFolder } from './recorded-folder.js';

describe('an index', () => {
  let folder: RecordedFolder;
  let stored: StoredEntry[];
  // It may find too much, and an entry twice: what it gives is looked at again.
  const index = (found: StoredEntry[] | undefined): EntryIndex => ({
    byCall: () => found,
    byParent: () => found,
    byRun: () => found,
    byTrace: () => found,
  });

  beforeEach(() => {
    folder = new RecordedFolder();
    const ledger = new LedgerBuilder();
    const writer = ledger.writer();
    writer.outcome(writer.intent('a', {}, { run: 'r' }));
    writer.outcome(writer.intent('b', {}, { run: 'r', parent: 'a', seqInParent: 1 }), 'timeout');
    writeFiles(folder.directory, ledger.files());
    const reader = openSegmentStoreForReading(folder.directory).reader(writer.wid);
    stored = [...reader.entries()].slice(2).map((entry) => ({ ...entry, bytes: Buffer.from(entry.bytes) }));
  });
  afterEach(() => folder.remove());

  it('finds a call and those below it, and proves nothing', async () => {
    const { attempts, children } = await explain(folder.directory, 'a', { index: index([...stored, ...stored]) });
    expect(attempts.map(({ state, isVerified }) => [state, isVerified])).deep.equal([['ok', false]]);
    expect(attempts[0]?.intent).include({ wseq: 2 });
    expect(children.map(({ callId }) => callId)).deep.equal(['b']);
    const read = await explain(folder.directory, 'a');
    expect(read.attempts[0]?.intent).deep.equal(attempts[0]?.intent);
    expect(read.attempts[0]).include({ isVerified: true });
  });

  it('finds the calls of a run', async () => {
    const { calls, roots } = await lineage(folder.directory, 'r', { index: index([...stored, ...stored]) });
    expect(calls).equal(2);
    expect(roots.map(({ callId, isVerified, attempts }) => [callId, isVerified, attempts])).deep.equal([
      ['a', false, 1],
    ]);
    expect(roots[0]?.children.map(({ callId, state }) => [callId, state])).deep.equal([['b', 'timeout']]);
  });

  it('that does not work is no hindrance', async () => {
    const { attempts } = await explain(folder.directory, 'a', { index: index(undefined) });
    expect(attempts[0]).include({ state: 'ok', isVerified: true });
    expect((await lineage(folder.directory, 'r', { index: index(undefined) })).calls).equal(2);
  });

  it('may give entries of no call', async () => {
    const denied = {
      ...(JSON.parse(Buffer.from(stored[0]?.bytes ?? '').toString()) as object),
      kind: 'denied',
      code: 'X',
    };
    const bytes = Buffer.from(JSON.stringify({ ...denied, call: undefined }));
    const odd = [{ ...(stored[0] as StoredEntry), bytes, offset: 1 }, ...stored];
    expect((await lineage(folder.directory, 'r', { index: index(odd) })).calls).equal(2);
  });

  it('that gives bytes of no entry is not believed', async () => {
    const odd = [...stored, { ...(stored[0] as StoredEntry), bytes: Buffer.from('{"a":'), offset: 1 }];
    const { attempts } = await explain(folder.directory, 'a', { index: index(odd) });
    expect(attempts).length(1);
  });
});
