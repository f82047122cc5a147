import {
  appendFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { expect } from 'chai';

import { tryLoadSqlite } from '#lib/audit/stores/sqlite-driver.js';
import { inspectIndex, openIndex, rebuildIndex, updateIndex } from '#lib/audit/stores/sqlite-index.js';
import type { StoredEntry } from '#lib/audit/stores/store.js';

import { traceOf, WrittenLedger, WRITERS } from './written-ledger.js';

const [FIRST, SECOND] = WRITERS;

function kindsOf(entries: readonly StoredEntry[] | undefined): unknown[] | undefined {
  return entries?.map(({ bytes }) => {
    const { wid, wseq, kind } = JSON.parse(Buffer.from(bytes).toString()) as Record<string, unknown>;
    return `${wid === FIRST ? 'first' : 'second'} ${String(wseq)} ${String(kind)}`;
  });
}

describe('index in SQLite', () => {
  let ledger: WrittenLedger;
  let file: string;

  beforeEach(() => {
    ledger = new WrittenLedger();
    file = join(ledger.directory, 'index.sqlite');
    ledger.begin(FIRST);
    ledger.add(FIRST, 0, { kind: 'genesis' });
    ledger.addCall(FIRST, 1, 'a1');
    ledger.addCall(FIRST, 3, 'b1');
    ledger.begin(SECOND);
    ledger.add(SECOND, 0, { kind: 'genesis' });
    ledger.addCall(SECOND, 1, 'a2');
  });

  afterEach(() => {
    ledger[Symbol.dispose]();
  });

  function byCall(id: string): unknown[] | undefined {
    using index = openIndex(ledger.directory);
    return kindsOf(index?.byCall(id));
  }

  /** Changes the index behind its back. */
  function tamper(sql: string): void {
    const connection = tryLoadSqlite()?.open(file);
    connection?.exec(sql);
    connection?.close();
  }

  it('finds the entries of a call, a run and a trace', () => {
    using index = openIndex(ledger.directory);
    expect(kindsOf(index?.byCall('b1'))).deep.equal(['first 3 intent', 'first 4 outcome']);
    expect(kindsOf(index?.byRun('run of a'))).deep.equal([
      'first 1 intent',
      'first 2 outcome',
      'second 1 intent',
      'second 2 outcome',
    ]);
    expect(index?.byTrace(traceOf('a'))).length(6);
    expect(index?.count()).equal(6);
  });

  it('finds the intents below a call', () => {
    ledger.add(SECOND, 3, { kind: 'intent', call: { id: 'below', attempt: 1, parent: 'a2' } });
    ledger.add(SECOND, 4, { kind: 'outcome', call: { id: 'below', attempt: 1, parent: 'a2' } });
    using index = openIndex(ledger.directory);
    expect(kindsOf(index?.byParent('a2'))).deep.equal(['second 3 intent']);
    expect(index?.byParent('below')).deep.equal([]);
  });

  it('finds the entry of a run itself', () => {
    ledger.add(SECOND, 3, { kind: 'run', run: 'run of a' });
    using index = openIndex(ledger.directory);
    expect(kindsOf(index?.byRun('run of a'))).include('second 3 run');
  });

  it('says where an entry stands', () => {
    using index = openIndex(ledger.directory);
    const [intent] = index?.byCall('a2') ?? [];
    expect(join(ledger.directory, intent?.file ?? '')).equal(ledger.segment(SECOND, 0));
    const magic = readFileSync(ledger.segment(SECOND, 0)).readUInt32LE(intent?.offset ?? 0);
    expect(magic).equal(0x41_45_4c_f5);
  });

  it('never says that there are none', () => {
    using index = openIndex(ledger.directory);
    expect(index?.byCall('nobody')).equal(undefined);
  });

  it('reads what was added and no more', () => {
    expect(updateIndex(ledger.directory)).equal(8);
    ledger.addCall(FIRST, 5, 'c1');
    expect(inspectIndex(ledger.directory)).equal('behind');
    expect(updateIndex(ledger.directory)).equal(2);
    ledger.begin(FIRST, 1);
    ledger.addCall(FIRST, 7, 'd1', 1);
    expect(updateIndex(ledger.directory)).equal(2);
    expect(updateIndex(ledger.directory)).equal(0);
    expect(inspectIndex(ledger.directory)).equal('current');
    expect(byCall('d1')).deep.equal(['first 7 intent', 'first 8 outcome']);
  });

  it('stops before a frame that is not whole, and goes on when it is', () => {
    const whole = readFileSync(ledger.segment(SECOND, 0));
    truncateSync(ledger.segment(SECOND, 0), whole.length - 1);
    expect(byCall('a2')).deep.equal(['second 1 intent']);
    writeFileSync(ledger.segment(SECOND, 0), whole);
    expect(byCall('a2')).deep.equal(['second 1 intent', 'second 2 outcome']);
  });

  it('gives back an entry that is long', () => {
    ledger.add(SECOND, 3, { kind: 'intent', call: { id: 'long' }, red: ['/x'.repeat(5_000)] });
    using index = openIndex(ledger.directory);
    expect(index?.byCall('long')?.map(({ bytes }) => bytes.length > 10_000)).deep.equal([true]);
  });

  it('reads no segment through a link', () => {
    renameSync(ledger.segment(SECOND, 0), join(ledger.directory, 'elsewhere'));
    symlinkSync(join(ledger.directory, 'elsewhere'), ledger.segment(SECOND, 0));
    expect(openIndex(ledger.directory)).equal(undefined);
  });

  it('takes in nothing that is no link of its chain', () => {
    ledger.addCall(SECOND, 9, 'z1');
    expect(byCall('z1')).equal(undefined);
    expect(byCall('a2')).length(2);
  });

  it('is readable by nobody else', () => {
    updateIndex(ledger.directory);
    expect(statSync(file).mode & 0o777).equal(0o600);
  });

  it('does not follow a link', () => {
    const target = join(ledger.directory, 'elsewhere');
    writeFileSync(target, 'as it was');
    symlinkSync(target, file);
    expect(inspectIndex(ledger.directory)).equal('unreadable');
    expect(byCall('a1')).length(2);
    expect(readFileSync(target, 'utf8')).equal('as it was');
  });

  it('changes nothing where it is inspected', () => {
    expect(inspectIndex(ledger.directory)).equal('none');
    expect(existsSync(file)).equal(false);
  });

  it('can be made again at any time', () => {
    expect(rebuildIndex(ledger.directory)).equal(8);
    expect(rebuildIndex(ledger.directory)).equal(8);
    using index = openIndex(ledger.directory);
    expect(index?.count()).equal(6);
  });

  describe('is made again', () => {
    const RIGHT = ['first 1 intent', 'first 2 outcome'];
    const faults: Record<string, [state: string, spoil: () => void]> = {
      'where it was deleted': ['none', () => rmSync(file)],
      'where it is no database': ['unreadable', () => writeFileSync(file, 'no database at all')],
      'where it was cut': ['unreadable', () => truncateSync(file, 5_000)],
      'where it is of another version': ['stale', () => tamper('PRAGMA user_version = 7')],
      'where a table is missing': ['unreadable', () => tamper('DROP TABLE segments')],
      'where it is of another ledger': ['stale', () => appendFileSync(join(ledger.directory, 'ledger.json'), ' ')],
      'where a segment it knows is gone': ['stale', () => rmSync(ledger.segment(SECOND, 0))],
      'where a segment holds something else': [
        'stale',
        () => {
          ledger.begin(FIRST);
          ledger.add(FIRST, 0, { kind: 'genesis' });
          ledger.addCall(FIRST, 1, 'a1');
          ledger.addCall(FIRST, 3, 'x1');
        },
      ],
    };
    for (const [when, [state, spoil]] of Object.entries(faults)) {
      it(when, () => {
        updateIndex(ledger.directory);
        spoil();
        expect(inspectIndex(ledger.directory)).equal(state);
        expect(byCall('a1')).deep.equal(RIGHT);
        expect(inspectIndex(ledger.directory)).equal('current');
      });
    }

    const lies: Record<string, string> = {
      'another entry':
        "UPDATE entries SET start = (SELECT start FROM entries WHERE call = 'b1' AND wseq = 3) WHERE call = 'a1'",
      'another entry of the call':
        "UPDATE entries SET start = (SELECT min(start) FROM entries WHERE call = 'a1') WHERE call = 'a1'",
      'no frame': "UPDATE entries SET start = start + 1 WHERE call = 'a1'",
      'another number': "UPDATE entries SET wseq = wseq + 10 WHERE call = 'a1'",
      'a call of another id': "UPDATE entries SET call = 'a1' WHERE call = 'b1'",
      'a file of somebody else': "UPDATE entries SET file = '/dev/zero' WHERE call = 'a1'",
      'another segment': `UPDATE entries SET file = 'segments/${SECOND}-000000.seg' WHERE call = 'a1'`,
    };
    for (const [what, sql] of Object.entries(lies)) {
      it(`where a row points to ${what}`, () => {
        updateIndex(ledger.directory);
        tamper(sql);
        expect(byCall('a1')).deep.equal(RIGHT);
        expect(byCall('b1')).deep.equal(['first 3 intent', 'first 4 outcome']);
      });
    }
  });
});
