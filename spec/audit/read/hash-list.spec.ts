import { expect } from 'chai';

import { HashList } from '#lib/audit/read/hash-list.js';
import { sha256 } from './built-identity.js';

describe('hashes of a chain', () => {
  it('are found by number, and by no other', () => {
    const hashes = Array.from({ length: 700 }, (_, index) => sha256(`${index}`));
    const list = new HashList();
    expect(list.at(0)).equal(undefined);
    for (const [index, hash] of hashes.entries()) {
      list.push(hash);
      expect(list.at(index)).equal(hash);
      expect([list.length, list.at(index + 1), list.at(-1)]).deep.equal([index + 1, undefined, undefined]);
    }
    expect(hashes.map((_, index) => list.at(index))).deep.equal(hashes);
  });
});
