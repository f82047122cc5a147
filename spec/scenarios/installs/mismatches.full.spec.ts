import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { installed, nodeOf } from '#scripts/projects.mjs';
import type { SeenWarning } from '../../collected-warnings.js';
import { HostApplication } from '../hosts/host-application.js';
import { runForJson } from '../run-program.js';

interface Seen {
  readonly host: readonly string[];
  readonly ours: readonly string[];
  readonly results: readonly number[];
  readonly warnings: readonly SeenWarning[];
  readonly isNested: boolean;
  readonly errors: string;
}

const API = 'node_modules/@opentelemetry/api';
const CALLS = ['inner', 'work', 'inner', 'work'];

describe('packages that do not go together', function () {
  this.timeout(120_000);
  let application: HostApplication;

  const run = (node: number, ...args: readonly string[]): Promise<Seen> =>
    runForJson<Seen>(application.folder, ['mismatch.mjs', ...args], { node: nodeOf(node) });

  afterEach(() => application.remove());

  /** The application with the API of another line in place of its own, as `--legacy-peer-deps` leaves it. */
  function withApiOf(other: string, line: string): void {
    application = new HostApplication(`otel-${line}`);
    rmSync(application.path(API), { recursive: true });
    cpSync(join(installed(`otel-${other}`), API), application.path(API), { recursive: true });
  }

  /** An application on one line whose OpenTelemetry is set up in a folder with packages of another line. */
  function withHostOf(other: string, line: string): void {
    application = new HostApplication(`otel-${line}`);
    mkdirSync(application.path('otel'));
    for (const file of ['line.mjs', 'kept-spans.mjs']) {
      cpSync(
        join('spec/projects', file === 'line.mjs' ? `otel-${other}` : 'hosts', file),
        application.path('otel', file),
      );
    }
    symlinkSync(join(installed(`otel-${other}`), 'node_modules'), application.path('otel/node_modules'), 'dir');
  }

  it('a host with an older copy of the API: said once, without configureTracing', async () => {
    withHostOf('2.12', '3.1');
    const seen = await run(22, 'none', 'otel');
    expect(seen.results).to.deep.equal([2, 3]);
    expect(seen.host).to.deep.equal(CALLS);
    expect(seen.errors.match(/HOST_API_MISMATCH/g)).to.have.lengthOf(1);
    expect(seen.errors).to.contain('npm install @opentelemetry/api@1.9.1');
  });

  it('a host with an older copy of the API: said once, and our destinations get the spans', async () => {
    withHostOf('2.12', '3.1');
    const seen = await run(22, 'before', 'otel');
    expect(seen.results).to.deep.equal([2, 3]);
    expect(seen.host).to.deep.equal(CALLS);
    expect(seen.ours).to.deep.equal(CALLS);
    expect(seen.warnings.map(({ code }) => code)).to.deep.equal(['HOST_API_MISMATCH']);
    expect(seen.warnings[0]?.hint).to.contain('npm ls @opentelemetry/api');
  });

  it('a host with a newer copy of the API: spans arrive on both sides and nest', async () => {
    withHostOf('3.1', '2.12');
    const seen = await run(22, 'before', 'otel');
    expect(seen.host).to.deep.equal(CALLS);
    expect(seen.ours).to.deep.equal(CALLS);
    expect(seen.isNested).to.equal(true);
    expect(seen.warnings).to.deep.equal([]);
  });

  for (const [line, other, hint] of [
    ['2.12', '3.1', 'npm install @opentelemetry/api@~1.9.1'],
    ['3.1', '2.12', 'npm install @opentelemetry/api@^1.10.0'],
  ] as const) {
    it(`SDK ${line} with the API of ${other}: said once with the install command, and spans arrive`, async () => {
      withApiOf(other, line);
      const seen = await run(22, 'before');
      expect(seen.results).to.deep.equal([2, 3]);
      expect(seen.warnings.map(({ code }) => code)).to.deep.equal(['HOST_API_MISMATCH']);
      expect(seen.warnings[0]?.hint).to.equal(hint);
      expect(seen.ours).to.deep.equal(CALLS);
      expect(seen.isNested).to.equal(true);
    });
  }
});
