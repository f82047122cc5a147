import { expect } from 'chai';

import { findFault, parseEntry, tryEntry } from '#lib/audit/read/check-entry.js';
import { INCARNATION, LEDGER_ID, canonical, sha256, toWid } from './built-identity.js';

type Fields = Readonly<Record<string, unknown>>;

const HASH = sha256('x');
const WID = toWid(0);
const CALL = { id: 'c', attempt: 1 };
const REFERENCE = { wseq: 2, hash: HASH };
const HEAD = { wid: WID, wseq: 0, hash: HASH };

const ENTRIES: Readonly<Record<string, Fields>> = {
  genesis: { ledger: HASH, host: { pid: 1 }, heads: [HEAD, { wid: WID, wseq: -1, hash: '0'.repeat(64) }] },
  policy: { hash: HASH, data: null },
  intent: {
    call: CALL,
    op: { method: 'm' },
    ext: { system: 'llm' },
    pol: { level: 'request', ruleId: 'r', hash: HASH },
    req: { ref: HASH },
  },
  outcome: { call: CALL, intent: REFERENCE, status: 'ok', res: { ref: HASH } },
  denied: { code: 'AUDIT_X', call: CALL, intent: { ...REFERENCE, wid: WID }, count: 1 },
  recovered: { of: HEAD, droppedBytes: 0, dangling: 0 },
  close: { dangling: 0 },
  note: { data: null },
  run: { run: 'r' },
  later: {},
};

const OBJECTS = [null, 'text', 7, [], undefined];
const HASHES = [undefined, null, 7, '', HASH.slice(1), HASH.toUpperCase(), `${HASH}0`];
const COUNTS = [null, '1', -1, 1.5, 2 ** 53, [], {}];
const CALLS = [
  ...OBJECTS.slice(0, 4),
  { attempt: 1 },
  { id: '', attempt: 1 },
  { id: 7, attempt: 1 },
  { id: 'c' },
  { id: 'c', attempt: 0 },
  { id: 'c', attempt: '1' },
];
const REFERENCES = [
  ...OBJECTS.slice(0, 4),
  ...COUNTS.map((wseq) => ({ ...REFERENCE, wseq })),
  ...HASHES.map((hash) => ({ ...REFERENCE, hash })),
  { ...REFERENCE, wid: 7 },
  { ...REFERENCE, wid: 'x' },
];
const HEADS = [
  ...OBJECTS,
  { ...HEAD, wid: undefined },
  { ...HEAD, wid: 'x' },
  { ...HEAD, wseq: -1 },
  { ...HEAD, wseq: -2 },
  { ...HEAD, wseq: undefined },
  { ...HEAD, hash: undefined },
  { wid: WID, wseq: -1, hash: HASH },
];
const PAYLOADS = [null, 'text', 7, [], { ref: 'x' }, { ref: 7 }];

/** What each field may not be, by kind. */
const WRONG: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>> = {
  genesis: {
    ledger: HASHES,
    host: OBJECTS,
    heads: [undefined, null, {}, 'text', { length: 0 }, ...HEADS.map((head) => [head])],
  },
  policy: { hash: HASHES, data: [undefined] },
  intent: {
    call: [undefined, ...CALLS],
    op: [...OBJECTS, {}, { method: 7 }],
    ext: [...OBJECTS, {}, { system: 7 }],
    pol: [
      ...OBJECTS,
      { ruleId: 'r', hash: HASH },
      { level: 7, ruleId: 'r', hash: HASH },
      { level: 'request', hash: HASH },
      { level: 'request', ruleId: 7, hash: HASH },
      ...HASHES.map((hash) => ({ level: 'request', ruleId: 'r', hash })),
    ],
    req: PAYLOADS,
  },
  outcome: {
    call: [undefined, ...CALLS],
    intent: [undefined, ...REFERENCES],
    status: [undefined, null, 'OK', 'good'],
    res: PAYLOADS,
  },
  denied: { code: [undefined, 7, null], call: [undefined, ...CALLS], intent: REFERENCES, count: COUNTS },
  recovered: { of: HEADS, droppedBytes: [undefined, ...COUNTS], dangling: [undefined, ...COUNTS] },
  close: { dangling: [undefined, ...COUNTS] },
  note: { data: [undefined] },
  run: { run: [undefined, null, 7] },
};

describe('the fields of an entry', () => {
  const baseOf = (kind: string): Fields => ({
    v: 'al/1',
    lid: LEDGER_ID,
    inc: INCARNATION,
    wid: WID,
    wseq: kind === 'genesis' ? 0 : 5,
    prev: HASH,
    t: '2026-01-01T00:00:00.000Z',
    mono: '17',
    kind,
  });
  const entryOf = (kind: string, fields: Fields = {}): Fields => ({ ...baseOf(kind), ...ENTRIES[kind], ...fields });
  // As it is read: what is undefined is not there.
  const readOf = (fields: Fields): Fields => parseEntry(Buffer.from(canonical(fields))) ?? {};
  const expectedOf = (kind: string): Parameters<typeof findFault>[1] => ({
    lid: LEDGER_ID,
    inc: INCARNATION,
    wid: WID,
    wseq: kind === 'genesis' ? 0 : 5,
    prev: HASH,
  });
  const faultOf = (kind: string, fields: Fields): string | undefined => {
    const { code, text } = findFault(readOf(entryOf(kind, fields)), expectedOf(kind)) ?? {};
    return code && `${code}: ${text}`;
  };

  for (const kind of Object.keys(ENTRIES)) {
    it(`of a ${kind} are as they must be, with others beside them`, () => {
      expect(faultOf(kind, {})).equal(undefined);
      expect(faultOf(kind, { another: { of: 'a later version' } })).equal(undefined);
      expect(tryEntry(Buffer.from(canonical(entryOf(kind))))).include({ kind });
    });
  }

  it('may be absent where they say something more', () => {
    for (const [kind, field] of [
      ['intent', 'req'],
      ['outcome', 'res'],
      ['denied', 'intent'],
      ['denied', 'count'],
    ] as const) {
      expect(faultOf(kind, { [field]: undefined }), `${kind} ${field}`).equal(undefined);
    }
    expect(faultOf('denied', { call: undefined, intent: undefined })).equal(undefined);
    expect(faultOf('intent', { req: {} })).equal(undefined);
  });

  for (const [kind, fields] of Object.entries(WRONG)) {
    for (const [field, values] of Object.entries(fields)) {
      it(`of a ${kind}: ${field} is nothing else`, () => {
        for (const value of values) {
          // Whoever is denied with an intent has a call.
          const named = kind === 'denied' && field === 'call' && value === undefined ? 'intent' : field;
          const expected = `entry: its field ${named} is not as it must be`;
          expect(faultOf(kind, { [field]: value }), canonical({ value })).equal(expected);
          expect(tryEntry(Buffer.from(canonical(entryOf(kind, { [field]: value }))))).equal(undefined);
        }
      });
    }
  }

  it('say when it was, and of what kind it is', () => {
    for (const t of [undefined, 7, null]) expect(faultOf('note', { t })).matches(/field t /);
    for (const mono of [undefined, 7, '', '-1', '1.5', '1'.repeat(21)])
      expect(faultOf('note', { mono })).matches(/mono/);
    for (const kind of [undefined, 7, '', 'Note', '1note', 'a'.repeat(33)]) {
      expect(faultOf('note', { kind })).matches(/field kind /);
    }
    // The first is the genesis, and no other.
    expect(faultOf('genesis', { kind: 'note', data: 1 })).matches(/field kind /);
    expect(faultOf('note', { ...ENTRIES['genesis'], kind: 'genesis' })).matches(/field kind /);
  });

  it('say where it stands', () => {
    expect(faultOf('note', { v: 'al/2' })).equal('entry: its version is none of al/1');
    expect(faultOf('note', { v: undefined })).equal('entry: its version is none of al/1');
    for (const [field, value] of [
      ['wid', toWid(1)],
      ['lid', toWid(1)],
      ['inc', toWid(1)],
      ['wseq', 6],
      ['wseq', undefined],
      ['prev', sha256('y')],
    ] as const) {
      expect(faultOf('note', { [field]: value }), field).matches(/^chain: /);
    }
  });

  it('are those of an object', () => {
    for (const text of ['', 'null', '[]', '7', '"text"', '{"a":', '{"a":NaN}']) {
      expect(parseEntry(Buffer.from(text)), text).equal(undefined);
    }
    expect(parseEntry(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).equal(undefined);
    // Of bytes that are no Buffer as well, and in the middle of their memory.
    const bytes = new TextEncoder().encode('xx{"a":1}yy');
    expect(parseEntry(bytes.subarray(2, 9))).deep.equal({ a: 1 });
    for (const wseq of [-1, 'x', undefined, 1.5]) {
      expect(tryEntry(Buffer.from(canonical(entryOf('note', { wseq }))))).equal(undefined);
    }
    expect(tryEntry(Buffer.from(canonical(entryOf('note', { v: 'al/2' }))))).equal(undefined);
    expect(tryEntry(Buffer.from('[]'))).equal(undefined);
  });
});
