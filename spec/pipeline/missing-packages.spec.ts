import { expect } from 'chai';
import { InstalledPackage } from '../package/installed-package.js';

const SDK = ['sdk-trace', 'context-async-hooks', 'core', 'resources'].map((name) => `@opentelemetry/${name}`);

// The repository stands on API 1.9, beside which npm refuses the 3.x line.
const COMMAND = `npm install ${SDK.map((name) => `"${name}@<3"`).join(' ')}`;

/** A program that configures, calls decorated code and goes on; it prints what it saw as one line of JSON. */
const program = (destinations: string): string => `
  import { writeFileSync } from 'node:fs';
  import { configureTracing, createSpanProcessor, createTracing, currentCall, getTracer, Traced } from 'spanwright';
  const warnings = [];
  const logger = { warn: ({ code, message, hint }) => warnings.push({ code, message, hint }) };
  const options = { serviceName: 'app', logger, destinations: ${destinations} };
  const tracing = configureTracing(options);
  const scoped = createTracing(options).start();
  const processor = createSpanProcessor(options);
  const work = Traced.wrap({ name: 'work', tracing: scoped, args: true }, async (n) => n + 1);
  const result = await work(1);
  getTracer().startActiveSpan('by hand', (span) => span.end());
  await processor.forceFlush();
  await processor.shutdown();
  await scoped.close();
  const { complete } = await tracing.shutdown();
  const { state, reason, skipped } = tracing.status();
  const spans = tracing.finishedSpans().map(({ name }) => name);
  console.log(JSON.stringify({ warnings, result, complete, state, reason, skipped, spans, active: scoped.active }));
`;

interface Seen {
  readonly warnings: { code: string; message: string; hint: string }[];
  readonly result: number;
  readonly complete: boolean;
  readonly skipped: { name: string; reason: string }[];
  readonly spans: string[];
}

describe('packages that are not installed', function () {
  this.timeout(60_000);
  let installed: InstalledPackage;

  before(() => {
    installed = new InstalledPackage({ peers: 'required' });
  });
  after(() => installed.remove());

  function run(destinations: string): Seen {
    installed.write('app.mjs', program(destinations));
    const { status, output } = installed.node('app.mjs');
    expect(status, output).to.equal(0);
    return JSON.parse(output) as Seen;
  }

  it('of the SDK: a warning with the install command, and the program goes on untraced', () => {
    const seen = run("[{ provider: 'memory' }]");
    expect(seen).to.include({ result: 2, complete: true });
    expect(seen.spans).to.deep.equal([]);
    expect(new Set(seen.warnings.map(({ code }) => code))).to.deep.equal(new Set(['HOST_SDK_MISSING']));
    for (const { hint } of seen.warnings) expect(hint).to.equal(COMMAND);
    expect(seen.warnings[0]?.message).to.contain(SDK[0]).and.contain('tracing is off');
  });

  it('of the SDK: captureSpans says which', () => {
    installed.write(
      'capture.mjs',
      `import { captureSpans } from 'spanwright/testing';
       const failures = [() => captureSpans(), () => captureSpans(() => 1)].map(async (work) => {
         try { await work(); } catch ({ code, message, hint }) { return { code, message, hint }; }
       });
       console.log(JSON.stringify(await Promise.all(failures)));`,
    );
    const { status, output } = installed.node('capture.mjs');
    expect(status, output).to.equal(0);
    for (const failure of JSON.parse(output) as { code: string; message: string; hint: string }[]) {
      expect(failure).to.include({ code: 'HOST_SDK_MISSING', hint: COMMAND });
      for (const name of SDK) expect(failure.message).to.contain(name);
    }
  });

  it('of an exporter: that destination is left out and said, the others work', () => {
    for (const name of SDK) installed.link(name);
    const otlp = "{ provider: 'otlp', officialExporter: true }, { provider: 'otlp', name: 'json', encoding: 'json' }";
    const seen = run(`[${otlp}, { provider: 'file', path: 'never.jsonl' }, { provider: 'memory' }]`);
    expect(seen).to.include({ result: 2, complete: true });
    expect(seen.spans).to.deep.equal(['work', 'by hand']);
    expect(seen.skipped.map(({ name }) => name)).to.deep.equal(['otlp', 'json', 'file']);
    const hints = seen.warnings.slice(0, 3).map(({ hint }) => hint);
    expect(hints).to.deep.equal(
      ['exporter-trace-otlp-proto', 'otlp-transformer', 'otlp-transformer'].map(
        (name) => `npm install "@opentelemetry/${name}@<0.300"`,
      ),
    );
    expect(seen.warnings[0]?.message).to.contain('"otlp"');
  });

  it('none: nothing is said', () => {
    installed.link('@opentelemetry/otlp-transformer');
    const seen = run("[{ provider: 'file', path: 'trace.jsonl' }, { provider: 'memory' }]");
    expect(seen.warnings).to.deep.equal([]);
    expect(seen.spans).to.deep.equal(['work', 'by hand']);
  });
});
