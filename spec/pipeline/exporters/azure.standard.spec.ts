import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect } from 'chai';
import { BreezeServer } from './breeze-server.js';
import { Certificates } from '../certificates.js';
import { run } from './program.js';

interface Seen {
  readonly traceId: string;
  readonly ids: Readonly<Record<string, string>>;
  readonly complete: boolean;
}

// A call to a model inside of two others, with more to say than fits.
const PROGRAM = `
  const long = 'long text '.repeat(4000);
  const ids = {};
  let traceId;
  const note = (name) => (call) => { traceId = call.traceId; ids[name] = call.spanId; };
  const answer = {
    id: 'chatcmpl-1', object: 'chat.completion', model: 'gpt-4o-mini', created: 1,
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'done' } }],
    usage: { prompt_tokens: 7, completion_tokens: 5, total_tokens: 12 },
  };
  const complete = LlmCall.wrap({ provider: 'openai', name: 'chat gpt-4o-mini' }, async (request) => answer);
  const request = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'mail anna@example.com ' + long }] };
  const tracing = configureTracing({
    serviceName: 'shop', logger,
    destinations: [{ provider: 'azure_monitor', connectionString: process.env.CONNECTION, content: process.env.TIER }],
  });
  await Traced.run({ name: 'serve', kind: 'server' }, async (outer) => {
    note('serve')(outer);
    await Traced.run({ name: 'step', attributes: { long: JSON.stringify({ long }), list: Array(3000).fill('item') } }, async (call) => {
      note('step')(call);
      call.addEvent('event', { text: 'x' });
      await complete(request);
    });
  });
  const { complete: isComplete } = await tracing.shutdown();
  print({ traceId, ids, complete: isComplete });`;

describe('Azure Monitor', function () {
  this.timeout(30_000);
  const certificates = new Certificates();
  const server = new BreezeServer();

  before(() => server.start(certificates.server));
  after(async () => {
    await server.stop();
    certificates.remove();
  });

  const envOf = (tier: string): Record<string, string> => ({
    NODE_EXTRA_CA_CERTS: certificates.caPath,
    CONNECTION: server.connectionString,
    TIER: tier,
    // What the exporter would go by.
    APPLICATIONINSIGHTS_CONNECTION_STRING: 'InstrumentationKey=99999999-2222-3333-4444-555555555555',
  });

  for (const tier of ['none', 'digest', 'redacted'] as const) {
    it(`gets dependencies and requests with their parents, content ${tier}`, async () => {
      server.requests.length = 0;
      const { printed, errors } = await run<Seen>(PROGRAM, { env: envOf(tier) });
      expect(errors).to.equal('');
      expect(printed.complete).to.equal(true);
      expect(new Set(server.paths)).to.deep.equal(new Set(['/v2.1/track']));
      const byName = new Map(server.spans.map((one) => [one.data.baseData.name, one] as const));
      expect([...byName.keys()]).to.have.members(['serve', 'step', 'chat gpt-4o-mini']);
      const [serve, step, chat] = ['serve', 'step', 'chat gpt-4o-mini'].map((name) => byName.get(name));
      expect(serve?.data).to.include({ baseType: 'RequestData' });
      expect(step?.data).to.include({ baseType: 'RemoteDependencyData' });
      expect(chat?.data).to.include({ baseType: 'RemoteDependencyData' });
      for (const one of [serve, step, chat]) {
        expect(one?.tags).to.include({ 'ai.operation.id': printed.traceId, 'ai.cloud.role': 'shop' });
        expect(one?.iKey).to.match(/^1111/);
      }
      expect(serve?.data.baseData.id).to.equal(printed.ids['serve']);
      expect(serve?.tags).not.to.have.property('ai.operation.parentId');
      expect(step?.tags['ai.operation.parentId']).to.equal(printed.ids['serve']);
      expect(chat?.tags['ai.operation.parentId']).to.equal(printed.ids['step']);
      const facts = chat?.data.baseData.properties ?? {};
      expect(facts).to.include({
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': 'gpt-4o-mini',
        'gen_ai.usage.input_tokens': '7',
        'gen_ai.usage.output_tokens': '5',
      });
      const content = Object.keys(facts).filter((key) => /messages|digest/.test(key));
      if (tier === 'none') expect(content).to.deep.equal([]);
      else if (tier === 'digest') {
        expect(content)
          .to.deep.equal(content.filter((key) => /digest/.test(key)))
          .and.not.deep.equal([]);
      } else {
        const [message] = JSON.parse(facts['gen_ai.input.messages'] ?? '') as [{ parts: [{ content: string }] }];
        expect(message.parts[0].content).to.have.length.above(30_000);
        expect(message.parts[0].content).not.to.contain('anna@example.com');
      }
    });
  }

  it('gets no value that the exporter would cut, and JSON that is still JSON', async () => {
    server.requests.length = 0;
    await run<Seen>(PROGRAM, { env: envOf('redacted') });
    const step = server.spans.find(({ data }) => data.baseData.name === 'step');
    const { long = '', list = '' } = step?.data.baseData.properties ?? {};
    expect(Buffer.byteLength(long)).to.be.within(4000, 8192);
    expect(Buffer.byteLength(list)).to.be.within(4000, 8192);
    expect(JSON.parse(long)).to.be.an('object');
    expect(JSON.parse(list)).to.include('item');
  });

  it('asks nobody else for anything, writes nothing, says nothing and lets the process end', async () => {
    // Whatever the exporter leaves for later is due at once: its figures, its settings, its files.
    const watch = `
      import net from 'node:net';
      const hosts = new Set();
      globalThis.hosts = hosts;
      const connect = net.Socket.prototype.connect;
      net.Socket.prototype.connect = function (...args) {
        const [first] = Array.isArray(args[0]) ? args[0] : args;
        hosts.add(first.host ?? first.path ?? first);
        return connect.apply(this, args);
      };
      const { setTimeout: later, setInterval: repeat } = globalThis;
      globalThis.due = 0;
      globalThis.setTimeout = (work, ms, ...rest) => { if (ms >= 4000) globalThis.due++; return later(work, ms >= 4000 ? 20 : ms, ...rest); };
      globalThis.setInterval = (work, ms, ...rest) => repeat(work, Math.min(ms, 20), ...rest);`;
    const preload = `data:text/javascript,${encodeURIComponent(watch)}`;
    const code = PROGRAM.replace(
      'const { complete: isComplete } = await tracing.shutdown();\n',
      `await tracing.flush();
       await new Promise((resolve) => setTimeout(resolve, 300));
       const { complete: isComplete } = await tracing.shutdown();
       const globals = process.env.APPLICATION_INSIGHTS_NO_STATSBEAT;\n`,
    ).replace('print({', 'print({ globals, hosts: [...hosts],');
    const before = readdirSync(tmpdir()).filter((name) => /opentelemetry-nodejs|AppInsights/i.test(name));
    const { printed, errors, stayedMs } = await run<{ hosts: string[]; globals?: string }>(code, {
      env: envOf('digest'),
      options: ['--import', preload],
    });
    expect(printed.hosts).to.deep.equal(['localhost']);
    expect(printed.globals).to.equal(undefined);
    expect(errors).to.equal('');
    const after = readdirSync(tmpdir()).filter((name) => /opentelemetry-nodejs|AppInsights/i.test(name));
    expect(after).to.deep.equal(before);
    expect(existsSync('Microsoft')).to.equal(false);
    expect(stayedMs).to.be.below(3000);
  });

  it("leaves alone what the application's own exporter does for itself", async () => {
    const { printed } = await run<readonly boolean[]>(
      `
      const { createRequire } = await import('node:module');
      const { dirname, join } = await import('node:path');
      const name = '@azure/monitor-opentelemetry-exporter';
      const require = createRequire(process.cwd() + '/package.json');
      const { AzureMonitorTraceExporter } = require(name);
      const file = join(dirname(require.resolve(name)), '_configuration/configurationManager.js');
      const { ConfigurationManager } = require(file);
      const manager = ConfigurationManager.getInstance();
      const isPolling = () => manager.worker !== undefined;
      const send = async () => {
        const destinations = [{ provider: 'azure_monitor', connectionString: process.env.CONNECTION }];
        const tracing = configureTracing({ logger, destinations });
        Traced.run('work', () => 1);
        await tracing.shutdown();
      };
      const seen = [];
      await send();
      seen.push(isPolling());
      new AzureMonitorTraceExporter({ connectionString: process.env.CONNECTION, disableOfflineStorage: true });
      seen.push(isPolling());
      await send();
      seen.push(isPolling());
      print(seen);
      process.exit(0);`,
      { env: { ...envOf('none'), APPLICATION_INSIGHTS_NO_STATSBEAT: '1' } },
    );
    expect(printed).to.deep.equal([false, true, true]);
  });
});
