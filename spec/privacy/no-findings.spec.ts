import { expect } from 'chai';

import { createDetection } from '#lib/privacy/detect.js';

import { foundBy } from './found-by.js';

const found = foundBy(createDetection({ level: 'all' }));

describe('what is no finding', () => {
  for (const text of [
    'hidden sizes 256 512 1024, heads 8',
    'ports 443 808 8080',
    'sizes 200 300 4000',
    'range 200-300-4000',
    'days 05 06 07 08 09',
    'codes 0000 0001 0010 0100',
    'rows 7 020 7946 0958',
    'rows 020 7946 0958 7',
    '+2026-11-05 09:15:01',
    '+20000000',
    'f(+49.123456, -7)',
    `AC${'0a'.repeat(20)}`,
    `SK${'0a'.repeat(20)}`,
    'sk-learn-pipeline-tests-version2-abc',
    'sk-button-primary-2024-large-outlined',
    'hf_transformerspretrainedmodelname',
    'this@MainActivity.context',
    'user@host.call()',
    'Excel cell: 1048576',
    'id 621234567890123453',
  ]) {
    it(`is left: ${text}`, () => expect(found(text)).to.deep.equal([]));
  }

  it('is told from what looks alike', () => {
    for (const text of [
      'call 212 867 5309',
      'call 415 555 2671',
      '555 123 4567',
      '(212) 867-5309',
      '+49 30 1234567',
      '+1.4155552671',
      '05 06 37 08 09',
      'cell number: 4155552671',
      `SK${'0a'.repeat(16)}`,
      'sk-0123456789abcdef0123456789abcdef',
      'hf_AbcdefghijklmnopqrstuvwxyzAbcdefgh',
    ]) {
      expect(found(text), text).to.have.length(1);
    }
  });
});
