import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { SpanNames } from '#lib/pipeline/span-names.js';
import { CollectedWarnings } from '../collected-warnings.js';
import { madeSpan } from './made-spans.js';

type Noted = Parameters<SpanNames['note']>[0];

function heapUsed(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** Runs a program, as its names count for a whole process; gives the lines of its warnings. */
function warningsOf(program: string): string[] {
  const setup = `
    import { configureTracing, createSpanProcessor, createTracing, getTracer, Traced } from 'spanwright';
    const destinations = [{ provider: 'memory' }];
    const call = (name, options) => Traced.run({ name, ...options }, () => {});
    const calls = (from, to, options) => { for (let n = from; n <= to; n++) call(\`order \${n}\`, options); };
    const byHand = (to, tracer = getTracer('http')) => {
      for (let n = 1; n <= to; n++) tracer.startSpan(\`GET /orders/\${n}\`).end();
    };`;
  const { PATH = '' } = process.env;
  const args = ['--input-type=module', '--eval', `${setup}\n${program}`];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env: { PATH } });
  expect(status, stderr).to.equal(0);
  return stderr.split('\n').filter((line) => line.includes('[SPAN_NAMES]'));
}

const START = 'const tracing = configureTracing({ destinations });';

describe('the warning of span names', function () {
  this.timeout(20_000);

  it('is not said at 1,000 names, however often each is used', () => {
    expect(warningsOf(`${START} calls(1, 1000); calls(1, 1000); calls(1, 1000);`)).to.deep.equal([]);
  });

  it('is said once at 1,001, with the count, who made them, one of them and what to do', () => {
    const said = warningsOf(`${START} calls(1, 1001);`);
    expect(said).to.deep.equal([
      'spanwright: [SPAN_NAMES] got 1001 distinct span names, 1001 of them from "spanwright", such as "order 1001"; ' +
        'backends group by name and expect few (put what changes into an attribute: ' +
        "`spanName: 'fetch order', attributes: (id) => ({ 'order.id': id })`)",
    ]);
  });

  it('is said once at 10,000, over configurations and scopes', () => {
    const said = warningsOf(`
      ${START} calls(1, 5000); await tracing.shutdown();
      configureTracing({ destinations }); calls(5001, 10_000);
      calls(10_001, 20_000, { tracing: createTracing({ destinations }).start() });`);
    expect(said).to.have.lengthOf(1);
  });

  it('names the instrumentation that made most of them, with a name of its own', () => {
    const [said] = warningsOf(`${START} calls(1, 100); byHand(900); calls(101, 101);`);
    expect(said).to.include('got 1001 distinct span names, 900 of them from "http", such as "GET /orders/900";');
  });

  it('cuts a long name, keeps it on one line, and tells long names apart', () => {
    const names = "Array.from({ length: 1001 }, (_, n) => `select\\n${'x'.repeat(5000)}${n}`)";
    const said = warningsOf(
      `${START} const names = ${names}; for (const name of names) getTracer().startSpan(name).end();`,
    );
    expect(said).to.have.lengthOf(1);
    expect(said[0]).to.include(`such as "select\\n${'x'.repeat(73)}…";`);
  });

  it('counts spans of a scope', () => {
    const said = warningsOf(`
      const scope = createTracing({ destinations }).start();
      calls(1, 1000, { tracing: scope });
      call('one more', { tracing: scope });`);
    expect(said).to.have.lengthOf(1);
  });

  it('counts spans of a provider of the application, attached to or with our processor', () => {
    const provider = (processors: string): string => `
      const { NodeTracerProvider } = await import('@opentelemetry/sdk-trace-node');
      const provider = new NodeTracerProvider({ spanProcessors: [${processors}] });`;
    expect(
      warningsOf(`${provider('createSpanProcessor({ destinations })')} byHand(1001, provider.getTracer('theirs'));`)[0],
    ).to.include('1001 of them from "theirs"');
    expect(warningsOf(`${provider('')} provider.register(); ${START} byHand(1001);`)[0]).to.include('from "http"');
  });

  it('is not for spans that reach no destination', () => {
    expect(warningsOf('calls(1, 2000);')).to.deep.equal([]);
    expect(warningsOf(`configureTracing({ destinations, sampling: { ratio: 0 } }); calls(1, 2000);`)).to.deep.equal([]);
  });

  it('is said once for two copies of the package', () => {
    const said = warningsOf(`
      import { createRequire } from 'node:module';
      const { createTracing: createOther } = createRequire(import.meta.url)('${process.cwd()}/dist/cjs/index.js');
      ${START} calls(1, 1500);
      calls(1501, 3000, { tracing: createOther({ destinations }).start() });`);
    expect(said).to.have.lengthOf(1);
  });

  describe('while it counts', () => {
    let names: SpanNames;
    let warnings: CollectedWarnings;

    function note(count: number, base = ''): void {
      for (let id = 1; id <= count; id++) names.note(madeSpan({ id, name: `${base}${id}` }) as unknown as Noted);
    }

    beforeEach(() => {
      names = new SpanNames();
      warnings = new CollectedWarnings();
    });
    afterEach(() => warnings.stop());

    it('costs little memory for long names', () => {
      const base = 'x'.repeat(100_000);
      const before = heapUsed();
      note(1000, base);
      expect(heapUsed() - before).to.be.below(10_000_000);
      expect(warnings.codes()).to.deep.equal([]);
      note(1);
      expect(warnings.codes()).to.deep.equal(['SPAN_NAMES']);
    });

    it('ends for good with the warning', () => {
      note(1001);
      warnings.stop();
      warnings = new CollectedWarnings();
      note(5000, 'other ');
      expect(warnings.codes()).to.deep.equal([]);
    });
  });
});
