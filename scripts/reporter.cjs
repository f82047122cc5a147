'use strict';

const { mkdirSync, writeFileSync } = require('node:fs');
const nodePath = require('node:path');
const { reporters } = require('mocha');

/** The spec reporter; also writes the counts to the file named by SPEC_COUNTS, for the last line of `.ci/run`. */
module.exports = class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const path = process.env.SPEC_COUNTS;
    if (path !== undefined) {
      const suites = {};
      runner.on('pass', (test) => {
        const [suite] = test.titlePath();
        suites[suite] = (suites[suite] ?? 0) + 1;
      });
      runner.once('end', () => {
        mkdirSync(nodePath.dirname(path), { recursive: true });
        const { passes, failures, pending } = runner.stats;
        writeFileSync(path, JSON.stringify({ passed: passes, failed: failures, pending, suites }));
      });
    }
  }
};
