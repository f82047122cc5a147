import { expect } from 'chai';

import { createPrivacy } from '#lib/privacy/privacy.js';
import { gateStream } from '#lib/pipeline/projection/gate-stream.js';

const KEY = 'sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCDEF';
const { redacted } = createPrivacy();
const gate = (items: unknown): unknown => gateStream(items, redacted.forSpan(), ['result']);

describe('what a stream gave', () => {
  it('shows no secret that is cut between two items, wherever it is cut', () => {
    for (let at = 1; at < KEY.length; at++) {
      const shown = JSON.stringify(gate(['The key is ', KEY.slice(0, at), KEY.slice(at), ' there.']));
      expect(shown).to.equal(JSON.stringify(['The key is ', '[REDACTED]', '', ' there.']));
    }
  });

  it('shows none that is cut in a field of its items', () => {
    const chunk = (content: string): unknown => ({ id: 'c-1', choices: [{ index: 0, delta: { content } }] });
    const items = Array.from(KEY, chunk);
    expect(gate(items)).to.deep.equal([chunk('[REDACTED]'), ...items.slice(1).map(() => chunk(''))]);
  });

  it('looks at each item by itself as well', () => {
    expect(gate(['jo@example.com', '+14155550134', '42 Main Street'])).to.deep.equal([
      '[REDACTED]',
      '[REDACTED]',
      '42 Main Street',
    ]);
    const notes = [{ note: 'ask ann@example.com' }, { note: ' hello world' }, { note: 'all is fine' }];
    expect(gate(notes)).to.deep.equal([{ note: 'ask [REDACTED]' }, ...notes.slice(1)]);
  });

  it('keeps what stands around the pieces of a secret', () => {
    expect(gate(['a ', `key ${KEY.slice(0, 20)}`, KEY.slice(20, 30), `${KEY.slice(30)} b`, ' c'])).to.deep.equal([
      'a ',
      'key [REDACTED]',
      '',
      ' b',
      ' c',
    ]);
  });

  it('keeps its items as they are where nothing is found', () => {
    const items = ['Open ', 'the ', { delta: 'tray' }, { delta: ' two' }, 3, null];
    expect(gate(items)).to.equal(items);
  });

  it('shows no half of a secret where the rest was not kept', () => {
    const chunk = (content: string): unknown => ({ delta: { content } });
    const items = [chunk('Open the tray. The key is '), chunk(KEY.slice(0, 8)), '[cut, 90 items]'];
    expect(gate(items)).to.deep.equal([items[0], chunk(''), '[cut, 90 items]']);
    const many = Array.from({ length: 4000 }, (_, index) => chunk(index === 3999 ? 'sk-pro' : 'word '));
    expect(JSON.stringify(gate(many))).to.not.contain('sk-pro');
    expect(gate(['The key is ', KEY.slice(0, 8), '[cut, 90 items]'])).to.deep.equal([
      'The key is ',
      '',
      '[cut, 90 items]',
    ]);
    const whole = [chunk('Open the '), chunk('tray')];
    expect(gate(whole)).to.deep.equal(whole);
  });

  it('does not take fields of different names for one text', () => {
    const items = [
      { a: 'jo.miller@', b: 'example.com' },
      { a: 'x', b: 'y' },
    ];
    expect(gate(items)).to.deep.equal(items);
  });

  it('stands anything', () => {
    for (const items of [undefined, null, 'text', {}, [[[[]]], { a: { b: {} } }, undefined]]) {
      expect(() => gate(items)).to.not.throw();
    }
  });
});
