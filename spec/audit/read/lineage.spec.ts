import { expect } from 'chai';

import { type LineageCall, lineage } from '#lib/audit/read/lineage.js';
import { LedgerBuilder, writeFiles } from './ledger-builder.js';
import { RecordedFolder, toStart } from './recorded-folder.js';

interface Tree {
  readonly [callId: string]: Tree;
}

function toTree(calls: readonly LineageCall[]): Tree {
  return Object.fromEntries(calls.map(({ callId, children }) => [callId, toTree(children)]));
}

describe('lineage', () => {
  let folder: RecordedFolder;

  beforeEach(() => {
    folder = new RecordedFolder();
  });
  afterEach(() => folder.remove());

  it('gives the calls of a run as a tree, and nothing of other runs', async () => {
    const ledger = await folder.open();
    await ledger.append({ kind: 'run', run: 'r', data: { rows: 2 } });
    await ledger.append({ kind: 'run', run: 'other', data: 1 });
    const add = async (id: string, parent?: string, seq = 1, run = 'r'): Promise<void> => {
      const call = await ledger.begin(
        toStart(id, { run, ...(parent !== undefined && { parent: { id: parent, seq } }) }),
      );
      await call.end({ status: id === 'b' ? 'timeout' : 'ok' });
    };
    await add('a');
    await add('c', 'a', 2);
    await add('b', 'a', 1);
    await add('d', 'c');
    await add('e', 'elsewhere');
    await add('x', 'a', 3, 'other');
    await ledger.close();
    const told = await lineage(folder.directory, 'r');
    expect(told.notes.map(({ data }) => data)).deep.equal([{ rows: 2 }]);
    expect(told.calls).equal(5);
    expect(toTree(told.roots)).deep.equal({ a: { b: {}, c: { d: {} } }, e: {} });
    expect(told.roots[0]?.children.map(({ callId, state }) => [callId, state])).deep.equal([
      ['b', 'timeout'],
      ['c', 'ok'],
    ]);
    expect(told.roots[0]).include({ attempts: 1, isVerified: true });
  });

  it('counts attempts, and takes the state of the last', async () => {
    const ledger = await folder.open();
    for (const attempt of [1, 2]) {
      const call = await ledger.begin(toStart('a', { run: 'r', attempt }));
      await call.end({ status: attempt === 1 ? 'error' : 'ok' });
    }
    await ledger.close();
    const { roots } = await lineage(folder.directory, 'r');
    expect(roots).lengthOf(1);
    expect(roots[0]).include({ attempts: 2, state: 'ok' });
  });

  it('ends where calls are their own ancestors', async () => {
    const ledger = new LedgerBuilder();
    const writer = ledger.writer();
    for (const [id, parent] of [
      ['a', 'b'],
      ['b', 'a'],
      ['c', 'c'],
    ]) {
      writer.outcome(writer.intent(id ?? '', {}, { parent, run: 'r' }));
    }
    writeFiles(folder.directory, ledger.files());
    expect(toTree((await lineage(folder.directory, 'r')).roots)).deep.equal({ a: { b: {} }, c: {} });
  });

  it('has calls below their parent, whichever of them stands first', async () => {
    const ledger = new LedgerBuilder();
    const [first, second] = [ledger.writer(), ledger.writer()];
    first.outcome(first.intent('child', {}, { parent: 'parent', run: 'r' }));
    second.outcome(second.intent('parent', {}, { run: 'r' }));
    writeFiles(folder.directory, ledger.files());
    expect(toTree((await lineage(folder.directory, 'r')).roots)).deep.equal({ parent: { child: {} } });
  });

  it('says why a folder is no ledger', async () => {
    const error: unknown = await lineage(folder.root, 'r').catch((caught: unknown) => caught);
    expect(error)
      .include({ code: 'AUDIT_LEDGER_UNREADABLE' })
      .property('message')
      .matches(/ledger\.json/);
  });
});
