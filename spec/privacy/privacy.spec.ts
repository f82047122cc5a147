import { expect } from 'chai';

import { hideBy, hideByStandard, standardPrivacy } from '#lib/privacy/at-once.js';
import { lazyPrivacy } from '#lib/privacy/lazy-privacy.js';
import { privacyParts } from '#lib/privacy/parts-on-demand.js';
import { createPrivacy } from '#lib/privacy/privacy.js';

const SECRET = 'password=hunter2';
const MAIL = 'ann@example.com';
const VALUE = {
  employee: 'E-1',
  user: { nick: 'x' },
  password: 'hunter2',
  text: `${MAIL}, ${SECRET}, EMP-123456, 123-45-6789`,
};

describe('what stands between a process and its destinations', () => {
  it('removes secrets at both tiers, personal data at one', () => {
    const { redacted, full, atOnce } = createPrivacy();
    expect(redacted.value(VALUE)).to.deep.equal({
      employee: 'E-1',
      user: { nick: 'x' },
      password: '[REDACTED]',
      text: '[REDACTED], password=[REDACTED], EMP-123456, 123-45-6789',
    });
    expect(full.value(VALUE)).to.deep.include({
      password: '[REDACTED]',
      text: `${MAIL}, password=[REDACTED], EMP-123456, 123-45-6789`,
    });
    expect(full.value({ ssn: '1' })).to.deep.equal({ ssn: '1' });
    expect(atOnce(`to ${MAIL}`)).to.equal('to [REDACTED]');
  });

  it('follows the rules of the user: at both tiers, and all but paths and the function at once', () => {
    const rules = {
      keys: ['employee'],
      paths: ['user.nick'],
      patterns: [/EMP-\d{6}/],
      packs: ['us-ssn'],
      redact: (value: unknown): unknown => (value === 'swap' ? 'swapped' : value),
    };
    const { redacted, full, atOnce } = createPrivacy(rules);
    const hidden = { employee: '[REDACTED]', user: { nick: '[REDACTED]' }, password: '[REDACTED]' };
    expect(redacted.value(VALUE)).to.deep.equal({
      ...hidden,
      text: '[REDACTED], password=[REDACTED], [REDACTED], [REDACTED]',
    });
    expect(full.value(VALUE)).to.deep.equal({
      ...hidden,
      text: `${MAIL}, password=[REDACTED], [REDACTED], 123-45-6789`,
    });
    expect([redacted.text('swap'), full.text('swap'), atOnce('swap')]).to.deep.equal(['swapped', 'swapped', 'swap']);
    expect(atOnce('EMP-123456 123-45-6789')).to.equal('[REDACTED] [REDACTED]');
  });

  it('marks with fingerprints where it has a key', () => {
    const { redacted, full, atOnce } = createPrivacy({ fingerprintKey: 'k' });
    const mark = atOnce(SECRET).slice('password='.length);
    expect(mark).to.match(/^\[REDACTED:[0-9a-f]{8}\]$/);
    for (const gate of [redacted, full]) {
      expect(gate.text(SECRET)).to.equal(`password=${mark}`);
      expect(gate.value({ password: 'hunter2' })).to.deep.equal({ password: mark });
    }
    expect(atOnce(`{"password":"hunter2"}`)).to.equal(`{"password":"${mark}"}`);
  });

  it('makes digests as it is told', () => {
    expect(createPrivacy({ digestKey: 'k' }).digester.isRandom).to.equal(false);
    expect(createPrivacy().digester.isRandom).to.equal(true);
    expect(createPrivacy({ digest: 'sha256' }).digester.digest('a').algorithm).to.equal('sha256');
  });

  it('is made when it is first asked for, once', () => {
    const privacy = lazyPrivacy({ keys: ['employee'], digestKey: 'k' });
    expect(privacy.redacted.value(VALUE)).to.include({ employee: '[REDACTED]' });
    expect(privacy.full.value(VALUE)).to.include({ employee: '[REDACTED]' });
    expect(privacy.redacted).to.equal(privacy.redacted);
    expect(privacy.full).to.equal(privacy.full);
    expect(privacy.digester.isRandom).to.equal(false);
    expect(privacy.atOnce(MAIL)).to.equal('[REDACTED]');
  });

  it('is one for a process that configured nothing, and lets nothing through where it cannot be found', () => {
    expect(standardPrivacy()).to.equal(standardPrivacy());
    expect(hideByStandard(`to ${MAIL}`)).to.equal('to [REDACTED]');
    const failing = hideBy(() => {
      throw new Error('missing');
    });
    expect(failing(MAIL)).to.equal('[redaction failed]');
  });

  it('is loaded from one file beside the bundle, once', () => {
    const { createPrivacy: create, packProblem, pathProblem } = privacyParts();
    expect(create().atOnce(MAIL)).to.equal('[REDACTED]');
    expect([packProblem('us-ssn'), pathProblem('a.b')]).to.deep.equal([undefined, undefined]);
    expect(privacyParts()).to.equal(privacyParts());
  });
});
