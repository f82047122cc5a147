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

describe('texts that are read without a walk', () => {
  let time = 0;
  const text = (value: string): string => ((time += 11), value);
  const [long, later] = ['b'.repeat(300_000), 'later'];

  it('take from the time of their span', () => {
    const pass = createGate({ tier: 'redacted', text, limits: { maxMs: 10 }, now: () => time }).forSpan();
    expect(pass.text('a'.repeat(100))).to.have.length(100);
    expect(pass.value([long, later])).to.deep.equal(['[not checked]', '[not checked]']);
  });

  it('are no more than any span may have', () => {
    const pass = createGate({ tier: 'redacted', text, limits: { maxMs: 10 }, now: () => time }).forSpan();
    const shown = Array.from({ length: 400 }, (_, index) => pass.text(`${index}`.padEnd(1000, 'a')));
    expect(shown[0]).to.have.length(1000);
    expect(shown.at(-1)).to.equal('[not checked]');
  });

  it('are none where one value may be smaller than those', () => {
    const gate = createGate({ tier: 'redacted', text, limits: { maxChars: 50 } });
    expect(gate.text('a'.repeat(100))).to.equal('[not checked]');
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
