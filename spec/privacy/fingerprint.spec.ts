import { expect } from 'chai';
import { createHmac } from 'node:crypto';
import { createMark, isMark } from '#lib/privacy/fingerprint.js';

describe('a mark', () => {
  it('says nothing without a key', () => {
    expect(createMark()('hunter2', 'password')).to.equal('[REDACTED]');
  });

  it('is equal for equal secrets under one key, and for nothing else', () => {
    const mark = createMark({ key: 'k1' });
    const digits = createHmac('sha256', 'k1').update('hunter2').digest('hex').slice(0, 8);
    expect(mark('hunter2', 'password')).to.equal(`[REDACTED:${digits}]`);
    expect(mark('hunter2', 'password')).to.equal(createMark({ key: Buffer.from('k1') })('hunter2', 'password'));
    expect(mark('hunter2', 'password')).not.to.equal(mark('hunter3', 'password'));
    expect(mark('hunter2', 'password')).not.to.equal(createMark({ key: 'k2' })('hunter2', 'password'));
  });

  it('stays right beyond what it remembers', () => {
    const mark = createMark({ key: 'k' });
    const first = mark('secret 0', 'key');
    for (let index = 1; index < 5000; index++) mark(`secret ${index}`, 'key');
    expect(mark('secret 0', 'key')).to.equal(first);
  });

  it('is the same however the secret was found', () => {
    const mark = createMark({ key: 'k' });
    expect(mark('x', 'jwt')).to.equal(mark('x', 'bearer'));
  });

  it('is the same however the value was written', () => {
    const mark = createMark({ key: 'k' });
    for (const [kind, one, other] of [
      ['assignment', 'Bearer abc+d1', 'abc%2Bd1'],
      ['assignment', 'Basic abc1', 'abc1.,;'],
      ['key', 'Token abc1-', 'abc1'],
      ['email', 'Ann@Example.com', 'ann%40example.com'],
      ['card', '4111 1111 1111 1111', '4111-1111-1111-1111'],
      ['phone', '+1 (415) 555-2671', '+14155552671'],
      ['iban', 'de89 3704 0044 0532 0130 00', 'DE89370400440532013000'],
    ] as const) {
      expect(mark(one, kind), one).to.equal(mark(other, kind));
    }
    expect(mark('+49301234567', 'phone')).not.to.equal(mark('49301234567', 'phone'));
    expect(mark('Abc1', 'jwt')).not.to.equal(mark('abc1', 'jwt'));
    expect(mark('...', 'key')).not.to.equal(mark(';;;', 'key'));
    expect(mark('100%', 'key')).to.match(/^\[REDACTED:/);
  });

  it('is told from a text', () => {
    expect([createMark()('x', 'a'), createMark({ key: 'k' })('x', 'a')].every(isMark)).to.equal(true);
    expect(['[REDACTED', '[REDACTED:xyz]', 'x [REDACTED]'].some(isMark)).to.equal(false);
  });

  it('refuses an empty key', () => {
    expect(() => createMark({ key: '' })).to.throw(TypeError, 'expected at least one byte');
  });
});
