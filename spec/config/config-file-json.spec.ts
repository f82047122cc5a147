import { expect } from 'chai';
import * as fc from 'fast-check';

import { findJsonFault, parseJson } from '#lib/config/parse-json.js';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** JSON with a few characters put in, taken out or replaced. */
const damaged = fc
  .tuple(
    fc.json(),
    fc.array(fc.tuple(fc.nat(), fc.nat(2), fc.constantFrom(...Array.from('{}[],:"\\ \n\t0.1eE-+tnux\u0000')))),
  )
  .map(([text, edits]) =>
    edits.reduce((all, [where, taken, put]) => {
      const at = all.length === 0 ? 0 : where % all.length;
      return all.slice(0, at) + put + all.slice(at + taken);
    }, text),
  );

describe('a configuration file in JSON', () => {
  const faults: Record<string, readonly [text: string, place: string]> = {
    'an empty file': ['', 'line 1, column 1'],
    'a word': ['hunter2', 'line 1, column 1'],
    'a comma too many': ['{\n  "a": 1,\n}', 'line 3, column 1'],
    'a key without quotes': ['{\n  a: 1}', 'line 2, column 3'],
    'a missing colon': ['{"a" 1}', 'line 1, column 6'],
    'a text without an end': ['{"a":\n "hunter2', 'line 2, column 2'],
    'a bracket of the other kind': ['[1, 2}', 'line 1, column 6'],
    'more after the end': ['{}\n\n{}', 'line 3, column 1'],
    'an end that is missing': ['{"a": [1,', 'line 1, column 10'],
    'a number with a zero too many': ['[01]', 'line 1, column 3'],
  };
  for (const [what, [text, place]] of Object.entries(faults)) {
    it(`says where it is broken: ${what}`, () => {
      expect(parseJson(text)).deep.equal({ got: `a file that is no JSON (${place})` });
    });
  }

  it('is broken where a prefix of it can no longer be completed, and nowhere else', () => {
    fc.assert(
      fc.property(damaged, (text) => {
        expect(findJsonFault(text) === undefined, text).equal(isJson(text));
      }),
      { numRuns: 2000 },
    );
  });
});
