import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from 'chai';

import { application, nodeOf } from '#scripts/projects.mjs';

import { states } from '../../calls/states/choice.js';
import type { Findings } from './specs-elsewhere.js';
import { expectEveryState, expectFullTable, mochaArguments, placeSpecs, readFindings } from './specs-elsewhere.js';

describe('An application of the line 3.1 of OpenTelemetry', function () {
  this.timeout(1_800_000);
  let folder: string;

  before(() => {
    folder = application('lifecycle-otel-3.1');
    placeSpecs(folder);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function run(major: number, environment: Readonly<Record<string, string>>): Findings {
    const { NODE_OPTIONS: _options, NODE_V8_COVERAGE: _coverage, ...env } = process.env;
    const args = mochaArguments(folder, { environment });
    const { stdout, stderr } = spawnSync(nodeOf(major), args, { cwd: folder, env, encoding: 'utf8' });
    const findings = readFindings(folder, states);
    expect(findings.failed, stdout + stderr).deep.equal([]);
    return findings;
  }

  it('has the results of its programs in every state and placement, on Node 24', () => {
    expectFullTable(run(24, { SPEC_STATES: 'all' }), states);
  });

  it('has the results of its programs in every state, on Node 22', () => {
    expectEveryState(run(22, {}), states);
  });

  it('is of that line', () => {
    const versions = ['api', 'sdk-trace'].map((name) => {
      const manifest = readFileSync(join(folder, `node_modules/@opentelemetry/${name}/package.json`), 'utf8');
      return (JSON.parse(manifest) as { version: string }).version;
    });
    expect(versions.join()).match(/^1\.10\.\d+,3\.1\.\d+$/);
  });
});
