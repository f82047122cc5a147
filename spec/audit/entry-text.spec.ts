import { expect } from 'chai';
import * as fc from 'fast-check';
import { canonicalText } from '#lib/audit/canonical.js';
import { createEntryWriter, type EntryStamp, type EntryWriter } from '#lib/audit/entry-text.js';
import { MAX_ENTRY_BYTES, NO_HASH } from '#lib/audit/entry.js';
import { bodyArbitraries, idsArbitrary, stampArbitrary } from './entry-arbitraries.js';

const IDS = { lid: '01J0000000000000000000000A', inc: '01J0000000000000000000000B', wid: '01J0000000000000000000000C' };
const STAMP: EntryStamp = { wseq: 7, prev: NO_HASH, t: '2026-11-21T22:00:00.000Z', mono: '42' };
const KINDS = Object.keys(bodyArbitraries) as (keyof EntryWriter)[];

type WriteAny = (stamp: EntryStamp, body: unknown) => string;
const writeWith = (writer: EntryWriter, kind: keyof EntryWriter): WriteAny => writer[kind] as WriteAny;

describe('entry templates', () => {
  for (const kind of KINDS) {
    it(`write ${kind} entries with the bytes of the strict canonicaliser`, () => {
      fc.assert(
        fc.property(idsArbitrary, stampArbitrary, bodyArbitraries[kind], (ids, stamp, body) => {
          const text = writeWith(createEntryWriter(ids), kind)(stamp, body);
          const entry = { v: 'al/1', ...ids, ...stamp, kind, ...body };
          expect(text).to.equal(canonicalText(entry));
          // Through JSON, because -0 is 0 there.
          expect(JSON.parse(text)).to.deep.equal(JSON.parse(JSON.stringify(entry)));
        }),
        { numRuns: 400 },
      );
    });
  }

  const writer = createEntryWriter(IDS);
  const note = (data: unknown): string => writer.note(STAMP, { data });

  it('take entries up to the bound, in bytes, and none that is longer', () => {
    const room = MAX_ENTRY_BYTES - Buffer.byteLength(note(''));
    const ascii = 'a'.repeat(room);
    expect(Buffer.byteLength(note(ascii))).to.equal(MAX_ENTRY_BYTES);
    expect(() => note(`${ascii}a`)).to.throw('[AUDIT_ENTRY_INVALID] an entry is too long: got 61441 bytes');
    const wide = '€'.repeat(Math.floor(room / 3));
    expect(JSON.parse(note(wide))).to.have.property('data', wide);
    expect(() => note(`${wide}€`)).to.throw('[AUDIT_ENTRY_INVALID]');
  });

  it('refuse data that has no canonical form', () => {
    for (const data of [undefined, Number.NaN, new Map(), { a: undefined }, '\ud800']) {
      expect(() => note(data)).to.throw('[AUDIT_ENTRY_INVALID]');
    }
  });

  it('refuse half of a surrogate pair, what is no string and what is no number', () => {
    const close = writeWith(writer, 'close');
    const run = writeWith(writer, 'run');
    expect(() => run(STAMP, { run: 'a\udc00' }))
      .to.throw('[AUDIT_ENTRY_INVALID]')
      .with.property('code', 'AUDIT_ENTRY_INVALID');
    expect(() => run(STAMP, { run: 5 })).to.throw('got a number, expected a string');
    for (const dangling of [Number.NaN, Number.POSITIVE_INFINITY, '1', undefined]) {
      expect(() => close(STAMP, { dangling })).to.throw('[AUDIT_ENTRY_INVALID]');
    }
  });

  it('give no quote of a string a chance to end it', () => {
    const text = writer.run(STAMP, { run: '","kind":"close' });
    expect(JSON.parse(text)).to.include({ kind: 'run', run: '","kind":"close' });
  });

  it('leave out what is undefined', () => {
    const body = { code: 'AUDIT_QUEUE_FULL', call: undefined, op: undefined, count: undefined, intent: undefined };
    expect(writeWith(writer, 'denied')(STAMP, body)).to.equal(writer.denied(STAMP, { code: 'AUDIT_QUEUE_FULL' }));
  });

  it('tell policies apart that differ in one field', () => {
    const call = { id: IDS.wid, attempt: 1 };
    const first = { level: 'request', ruleId: 'default', hash: NO_HASH } as const;
    const policies = [
      first,
      { ...first, level: 'metadata' },
      first,
      { ...first, ruleId: 'b' },
      first,
      { ...first, hash: 'c' },
    ] as const;
    for (const pol of policies) {
      const text = writer.intent(STAMP, { call, op: { method: 'm' }, ext: { system: 's' }, pol });
      expect(JSON.parse(text)).to.have.deep.property('pol', pol);
    }
  });
});
