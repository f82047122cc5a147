import { expect } from 'chai';
import * as fc from 'fast-check';
import { compileNames } from '#lib/pipeline/selection/name-patterns.js';

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);

describe('patterns of names', () => {
  it('read * as any characters, and nothing else as special', () => {
    const piece = fc.string({ unit: fc.constantFrom('a', 'b', '*', '.', '+', '\n', '(', '\\'), maxLength: 8 });
    fc.assert(
      fc.property(piece, piece, (pattern, name) => {
        const oracle = new RegExp(`^${pattern.split('*').map(escaped).join('[^]*')}$`);
        expect(compileNames([pattern])(name)).to.equal(oracle.test(name));
      }),
      { numRuns: 3000 },
    );
  });

  it('match any of several, the whole name by text and a part by expression', () => {
    const matches = compileNames(['GET *', /health/i]);
    const names = ['GET /a', 'get /a', 'PRE GET /a', 'HealthCheck', 'other'];
    expect(names.filter(matches)).to.deep.equal(['GET /a', 'HealthCheck']);
    expect(compileNames([])('any')).to.equal(false);
  });

  it('give the same answer each time, whatever the flags, and leave the place of the given one', () => {
    for (const flags of ['g', 'y', 'gy']) {
      const given = new RegExp('ab', flags);
      given.lastIndex = 1;
      const matches = compileNames([given]);
      for (let turn = 0; turn < 3; turn++) expect(matches('abab'), flags).to.equal(true);
      expect(given.lastIndex).to.equal(1);
    }
    expect(compileNames([/b/y])('ab'), 'sticky at the beginning').to.equal(false);
  });

  it('look at 1,024 characters', () => {
    const [within, beyond] = [1023, 1024].map((length) => `${'a'.repeat(length)}b`);
    expect(compileNames([/b/])(within ?? '')).to.equal(true);
    expect(compileNames([/b/])(beyond ?? '')).to.equal(false);
    expect(compileNames(['*b'])(beyond ?? '')).to.equal(false);
  });

  it('do not take time that grows with a power of the name', () => {
    const matches = compileNames([`${'*a'.repeat(400)}*b`]);
    expect(matches('a'.repeat(1024))).to.equal(false);
  });
});
