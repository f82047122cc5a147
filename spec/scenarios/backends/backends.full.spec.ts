import { Facts } from './facts.js';
import { describeFanOut } from './fan-out-suite.js';
import { describeKinds } from './kinds-suite.js';
import { describeLongRun } from './long-run-suite.js';
import { RunningBackends } from './running-backends.js';
import { describeWires } from './wire-suite.js';

// The first run downloads and builds them.
const START_LIMIT_MS = 45 * 60_000;

describe('real backends', function () {
  this.timeout(START_LIMIT_MS);
  const facts = new Facts();
  let running: RunningBackends;

  before(async () => {
    running = new RunningBackends();
    await running.start(process.env['BACKENDS_MAY_SKIP'] === 'true');
  });
  after(() => running.stop());
  after(() => facts.write());

  describe('with one trace of the sample', () => describeFanOut(() => running, facts));
  describe('with a workflow that announces its start', () => describeLongRun(() => running));
  describe('over every wire', () => describeWires(() => running));
  describe('with a call of every kind', () => describeKinds(() => running, facts));
});
