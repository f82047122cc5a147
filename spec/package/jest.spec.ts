import { resolve } from 'node:path';

import { expect } from 'chai';

import { InstalledPackage } from './installed-package.js';

/** Jest 30 knows neither `module-sync` nor require() of an ES module, so it gets the CommonJS build. */
const test = `
const { Traced, configureTracing } = require('spanwright');
const testing = require('spanwright/testing');

test('loads the CommonJS build', () => {
  expect(require.resolve('spanwright')).toMatch(/dist.cjs.index\\.js$/);
  expect(typeof testing.captureSpans).toBe('function');
});

test('records a span', async () => {
  const tracing = configureTracing({ serviceName: 'jest', destinations: [{ provider: 'memory' }] });
  const add = Traced.wrap('add', async (a, b) => a + b);
  expect(await add(1, 2)).toBe(3);
  await tracing.flush();
  expect(tracing.finishedSpans().map((span) => span.name)).toEqual(['add']);
  await tracing.shutdown();
});
`;

describe('the packed package in Jest', function () {
  this.timeout(60_000);
  let installed: InstalledPackage;

  before(() => {
    installed = new InstalledPackage({ peers: 'all' });
  });

  after(() => {
    installed.remove();
  });

  it('loads through require() and records spans', () => {
    installed.write('application.test.js', test);
    const jest = resolve('node_modules/jest/bin/jest.js');
    const { status, output } = installed.node(jest, '--ci', '--runInBand', '--watchman=false', '--rootDir', '.');
    expect(status, output).equal(0);
    expect(output).match(/Tests: +2 passed, 2 total/);
  });
});
