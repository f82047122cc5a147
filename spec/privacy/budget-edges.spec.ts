import { expect } from 'chai';

import { createGate } from '#lib/privacy/gate.js';
import { createPrivacy } from '#lib/privacy/privacy.js';
import { textsIn } from '#lib/privacy/quoted.js';

describe('the time of a span', () => {
  it('is looked at after many characters, however few the values', () => {
    let time = 0;
    const text = (value: string): string => ((time += 11), value);
    const gate = createGate({ tier: 'redacted', text, limits: { maxMs: 10 }, now: () => time });
    const [long, other] = ['a'.repeat(200_000), 'b'.repeat(200_000)];
    expect(gate.value([long, 'short', other, 'later'])).to.deep.equal([
      long,
      'short',
      '[not checked]',
      '[not checked]',
    ]);
  });
});

describe('what has no text', () => {
  it('quotes nothing', () => expect(textsIn([null, 5, true, undefined, [null]])).to.deep.equal([]));
});

describe('a text that is written at once', () => {
  it('loses the values of personal names in JSON', () => {
    expect(createPrivacy().atOnce('{"ssn":"1","a":"b"}')).to.equal('{"ssn":"[REDACTED]","a":"b"}');
  });
});
