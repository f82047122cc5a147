import { expect } from 'chai';
import { CONTENT_TIERS, isContentTier, strictest } from '#lib/privacy/tiers.js';

describe('strictest', () => {
  it('is the lower of any two tiers, in either order', () => {
    const order = ['none', 'digest', 'redacted', 'full'] as const;
    for (const [rank, tier] of order.entries()) {
      for (const other of order.slice(rank)) {
        expect(strictest(tier, other)).to.equal(tier);
        expect(strictest(other, tier)).to.equal(tier);
      }
    }
  });

  it('takes undefined for no vote', () => {
    expect(strictest(undefined, 'full', undefined, 'redacted')).to.equal('redacted');
    expect(strictest(undefined)).to.equal(undefined);
    expect(strictest()).to.equal(undefined);
  });
});

describe('isContentTier', () => {
  it('takes names as they are written, and nothing else', () => {
    expect(CONTENT_TIERS.every(isContentTier)).to.equal(true);
    for (const value of ['Full', ' full', undefined, null, 0, ['full']]) expect(isContentTier(value)).to.equal(false);
  });
});
