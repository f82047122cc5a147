import { expect } from 'chai';
import { InstalledPackage } from '../../package/installed-package.js';

const SDK = ['sdk-trace', 'context-async-hooks', 'core', 'resources'].map((name) => `@opentelemetry/${name}`);
const CONNECTION = 'InstrumentationKey=11111111-2222-3333-4444-555555555555';
const AZURE = `{ provider: 'azure_monitor', connectionString: '${CONNECTION}' }`;

interface Seen {
  readonly warnings: { code: string; message: string; hint: string }[];
  readonly skipped?: { name: string; reason: string }[];
  readonly spans?: string[];
  readonly error?: { code: string; message: string; hint?: string };
}

describe('exporters that are not installed', function () {
  this.timeout(60_000);
  let installed: InstalledPackage;

  before(() => {
    installed = new InstalledPackage({ peers: 'required' });
    for (const name of SDK) installed.link(name);
  });
  after(() => installed.remove());

  function run(destinations: string, env = ''): Seen {
    installed.write(
      'app.mjs',
      `import { configureTracing, Traced } from 'spanwright';
       process.env.SPANWRIGHT_ENABLE_IN_CI = 'true';
       ${env}
       const warnings = [];
       const logger = { warn: ({ code, message, hint }) => warnings.push({ code, message, hint }) };
       try {
         const tracing = configureTracing({ logger, destinations: ${destinations} });
         Traced.run('work', () => 1);
         const spans = tracing.finishedSpans().map(({ name }) => name);
         await tracing.shutdown(500);
         console.log(JSON.stringify({ warnings, spans, skipped: tracing.status().skipped }));
       } catch ({ code, message, hint }) {
         console.log(JSON.stringify({ warnings, error: { code, message, hint } }));
       }`,
    );
    const { status, output } = installed.node('app.mjs');
    expect(status, output).to.equal(0);
    return JSON.parse(output) as Seen;
  }

  it("Microsoft's: one warning with a command that leaves out the old preview, and the others work", () => {
    const seen = run(`[${AZURE}, { provider: 'memory' }]`);
    expect(seen.spans).to.deep.equal(['work']);
    expect(seen.skipped?.map(({ name }) => name)).to.deep.equal(['azure_monitor']);
    expect(seen.warnings).to.have.lengthOf(1);
    expect(seen.warnings[0]).to.include({
      code: 'HOST_SDK_MISSING',
      hint: 'npm install "@azure/monitor-opentelemetry-exporter@>=1.0.0-beta.32 <1.0.0-preview || ^1.0.0"',
    });
    expect(seen.warnings[0]?.message).to.contain('"azure_monitor"');
  });

  for (const provider of ['azure_ai', 'azure_monitor']) {
    it(`Microsoft's: a service that owns its tracing goes on untraced, told once of ${provider}`, () => {
      installed.write(
        'service.mjs',
        `import { createTracing, parseTracingConfig, Traced } from 'spanwright';
         process.env.SPANWRIGHT_ENABLE_IN_CI = 'true';
         const parsed = parseTracingConfig({ provider: '${provider}', connection_string: '${CONNECTION}' });
         const tracing = createTracing(parsed).start().start();
         const run = Traced.wrap({ name: 'work', tracing: () => tracing }, () => 'done');
         const { state } = tracing.status();
         console.log(JSON.stringify({ result: run(), active: tracing.active, state }));
         await tracing.close();`,
      );
      const { status, output } = installed.node('service.mjs');
      expect(status, output).to.equal(0);
      const [seen, warning, ...others] = output.trim().split('\n');
      expect(JSON.parse(seen ?? '')).to.deep.equal({ result: 'done', active: false, state: 'off' });
      expect(warning).to.contain('HOST_SDK_MISSING').and.contain('npm install "@azure/monitor-opentelemetry-exporter@');
      expect(others).to.deep.equal([]);
    });
  }

  const GRPC: readonly (readonly [what: string, destinations: string, env: string])[] = [
    ['a port in code', "[{ provider: 'otlp', endpoint: 'http://127.0.0.1:4317' }]", ''],
    ['a protocol in code', "[{ provider: 'otlp', protocol: 'grpc', endpoint: 'http://127.0.0.1:4000' }]", ''],
    [
      'a port in the environment',
      "[{ provider: 'otlp' }]",
      "process.env.OTEL_EXPORTER_OTLP_ENDPOINT = 'http://127.0.0.1:4317';",
    ],
    [
      'a protocol in the environment',
      "[{ provider: 'otlp' }]",
      "process.env.OTEL_EXPORTER_OTLP_PROTOCOL = 'grpc'; process.env.OTEL_EXPORTER_OTLP_ENDPOINT = 'http://127.0.0.1:4000';",
    ],
  ];
  for (const [what, destinations, env] of GRPC) {
    it(`over gRPC, by ${what}: one error that names the URL over HTTP`, () => {
      const { error } = run(destinations, env);
      expect(error?.code).to.equal('CONFIG_INVALID');
      expect(error?.message).to.contain('configuration has 1 problem').and.contain('http://127.0.0.1:4318');
      expect(error?.message).to.contain('npm install @opentelemetry/exporter-trace-otlp-grpc');
    });
  }
});
