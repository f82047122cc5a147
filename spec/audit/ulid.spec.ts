import { expect } from 'chai';

import { createUlid, isUlid } from '#lib/audit/ulid.js';

describe('ids that sort by time', () => {
  it('are in order and all different within a millisecond', () => {
    const nowMs = Date.UTC(2026, 10, 22);
    const ids = Array.from({ length: 20_000 }, () => createUlid(nowMs));
    expect(ids.toSorted()).deep.equal(ids);
    expect(new Set(ids).size).equal(ids.length);
    expect(ids.every(isUlid)).equal(true);
  });

  it('are in order over milliseconds, and drawn anew in each', () => {
    const ids = Array.from({ length: 2000 }, (_, ms) => createUlid(1_700_000_000_000 + ms));
    expect(ids.toSorted()).deep.equal(ids);
    expect(new Set(ids.map((id) => id.slice(10))).size).equal(ids.length);
    expect(ids.every(isUlid)).equal(true);
  });

  it('say when they were made', () => {
    // From the table of the specification: ten characters of time.
    expect(createUlid(1_469_918_176_385).slice(0, 10)).equal('01ARYZ6S41');
  });

  it('are told from other texts', () => {
    for (const text of ['', '01ARYZ6S41', '81ARYZ6S41TSV4RRFFQ69G5FAV', '01aryz6s41tsv4rrffq69g5fav']) {
      expect(isUlid(text), text).equal(false);
    }
  });
});
