import { expect } from 'chai';
import type { DestinationHealth } from 'spanwright';
import { expectBalanced } from '../../pipeline/accounts.js';
import { OtlpServer } from '../../pipeline/otlp-server.js';
import type { PrintedSpan } from './host-application.js';
import { HostApplication, idsOf, namesOf } from './host-application.js';

const RUNS = [
  { line: '2.7', node: 20 },
  { line: '2.12', node: 20 },
  { line: '3.1', node: 22 },
  { line: '3.1', node: 24 },
];
const CALL = ['by hand', 'inner', 'work'];

interface Status {
  readonly state: string;
  readonly reason?: string;
  readonly ineffective: readonly string[];
}

function expectOneTree(spans: readonly PrintedSpan[]): void {
  const roots = spans.filter(({ parent }) => parent === undefined);
  expect(roots).to.have.lengthOf(1);
  expect(new Set(spans.map(({ id }) => id.split('/')[0]))).to.have.lengthOf(1);
}

function expectOnce(spans: readonly PrintedSpan[]): void {
  expect(new Set(idsOf(spans))).to.have.lengthOf(spans.length);
}

for (const { line, node } of RUNS) {
  for (const maker of ['createHost', 'createNodeSdk']) {
    const title = maker === 'createHost' ? 'a provider' : 'NodeSDK';
    describe(`${title} of SDK ${line} on Node ${node}`, function () {
      this.timeout(120_000);
      let application: HostApplication;
      let server: OtlpServer;
      const run = <More>(name: string, env = {}): ReturnType<typeof application.run<More>> =>
        application.run<More>(node, ['host.mjs', maker, name], { OTEL_SERVICE_NAME: 'theirs', ...env });

      before(async () => {
        application = new HostApplication(`otel-${line}`);
        server = await new OtlpServer().start();
      });
      after(async () => {
        application.remove();
        await server.stop();
      });

      it('without configureTracing gets its spans, with facts and without content', async () => {
        const seen = await run('own');
        expect(namesOf(seen.host)).to.deep.equal([...CALL, 'failing']);
        expectOneTree(seen.host.slice(0, 3));
        expect(seen.host[2]?.attributes).to.deep.equal({ n: 1 });
        expect(seen.host[3]?.attributes).to.deep.equal({ 'error.type': 'Error' });
        expect(JSON.stringify(seen.host)).to.not.contain('secret');
        expect(seen.errors).to.equal('');
      });

      it('with createSpanProcessor sends to our destinations as well, and flushes at its shutdown', async () => {
        const seen = await run('processor', { ENDPOINT: server.endpoint });
        expect(namesOf(seen.host)).to.deep.equal(CALL);
        expect(JSON.stringify(seen.host)).to.not.contain('secret');
        expect(server.spans.map(({ name }) => name)).to.deep.equal(CALL);
        expect(server.spans[2]?.attributes).to.include({ 'spanwright.result': '"secret result 1"' });
        if (maker === 'createNodeSdk') expect(server.spans[2]?.resource).to.include({ 'late.name': 'late' });
        expect(seen.warnings).to.deep.equal([]);
        expect(seen.errors).to.equal('');
      });

      it('with createSpanProcessor delivers what waits when the program ends without a shutdown', async () => {
        const before = server.spans.length;
        const seen = await run('ending', { ENDPOINT: server.endpoint });
        expect(namesOf(seen.host)).to.have.members(CALL);
        expect(server.spans.slice(before).map(({ name }) => name)).to.deep.equal(CALL);
      });

      it('that was there first is joined, and left by our shutdown', async () => {
        const seen = await run<Status>('before');
        expect(seen.state).to.equal('hosted');
        expect(seen.ineffective).to.include.members(['sampling', 'serviceName', 'resource']);
        expect(namesOf(seen.ours)).to.deep.equal(CALL);
        expect(seen.ours[2]?.attributes).to.include({ 'spanwright.arguments': '[1,"secret argument"]' });
        expect(seen.ours[2]?.service).to.equal(seen.host[2]?.service).and.not.equal('ours');
        expect(namesOf(seen.host)).to.deep.equal([...CALL, ...CALL]);
        expect(idsOf(seen.host.slice(0, 3))).to.deep.equal(idsOf(seen.ours));
        expect(JSON.stringify(seen.host)).to.not.contain('secret');
        expect(seen.warnings).to.deep.equal([]);
      });

      it('that comes after us makes the spans from then on, is joined, and that is said once', async () => {
        const seen = await run<Status>('after');
        expect(seen.warnings.map(({ code }) => code)).to.deep.equal(['HOST_PROVIDER_SECOND']);
        expect(seen.warnings[0]?.message).to.contain('it makes the spans from now on');
        expect(seen.warnings[0]?.hint).to.contain('before configureTracing()');
        expect(seen).to.deep.include({ state: 'hosted', ineffective: ['sampling'] });
        // Only the span that was open then is ours alone.
        expect(namesOf(seen.ours)).to.deep.equal(['by hand', 'inner', 'in flight', ...CALL]);
        expectOneTree(seen.ours.slice(0, 3));
        expectOnce(seen.ours);
        // NodeSDK exports the first ones when its resource is known, in the order in which that is noticed.
        expect(namesOf(seen.host)).to.have.members(['by hand', 'inner', ...CALL, ...CALL]);
        expectOneTree(seen.host.slice(5));
        expect(JSON.stringify(seen.host)).to.not.contain('secret');
      });

      it('that comes after trace.disable() is joined, and the next one too', async () => {
        const seen = await run<{ off: Status; state: string; second: PrintedSpan[] }>('again');
        expect(seen.off).to.include({ state: 'off', reason: 'trace.disable() took its provider down' });
        expect(seen.state).to.equal('hosted');
        expect(namesOf(seen.ours)).to.deep.equal([...CALL, 'first by hand', ...CALL, ...CALL]);
        expectOnce(seen.ours);
        expect(namesOf(seen.host)).to.deep.equal(['first by hand', ...CALL]);
        expect(namesOf(seen.second)).to.deep.equal(CALL);
        expect(seen.warnings).to.deep.equal([]);
      });

      it('loses and doubles nothing while we are configured again under 1,000 calls', async () => {
        interface Counts {
          first: number;
          destinations: Record<string, DestinationHealth>;
          counts: { opened: number; ok: number; live: number };
        }
        const seen = await run<Counts>('reconfigured');
        expect(seen.ours).to.have.lengthOf(3000);
        expectOnce(seen.ours);
        expect(idsOf(seen.ours)).to.deep.equal(idsOf(seen.host));
        const numbers = seen.ours.filter(({ name }) => name === 'one').map(({ attributes }) => Number(attributes['n']));
        expect(numbers.toSorted((a, b) => a - b)).to.deep.equal(Array.from({ length: 1000 }, (_, n) => n));
        expect(seen.counts).to.include({ opened: 2000, ok: 2000, live: 0 });
        expectBalanced(seen.destinations['memory']);
        expect(seen.destinations['memory']?.accepted).to.equal(3000 - seen.first);
      });

      it('is seen by createTracing, once', async () => {
        const seen = await run('scoped');
        expect(namesOf(seen.ours)).to.deep.equal([...CALL, 'scoped']);
        expect(idsOf(seen.host)).to.deep.equal(idsOf(seen.ours));
        expectOneTree(seen.ours);
      });

      if (maker === 'createNodeSdk') return;

      it('behind a provider that takes no processor gets the spans and nothing else, which is said once', async () => {
        const seen = await run<Status>('closed');
        expect(seen.warnings.map(({ code }) => code)).to.deep.equal(['HOST_PROVIDER_CLOSED']);
        expect(seen.warnings[0]?.message).to.contain('(AgentProvider)');
        expect(seen.warnings[0]?.hint).to.contain('createSpanProcessor(options)');
        expect(seen.state).to.equal('hosted');
        expect(namesOf(seen.host)).to.deep.equal(CALL);
        expect(seen.host[2]?.attributes).to.deep.equal({ n: 1 });
        expect(seen.ours).to.deep.equal([]);
      });

      it('without a context manager gets spans that do not nest, which is said once', async () => {
        const { host, errors } = await run('contextless');
        expect(namesOf(host)).to.deep.equal([...CALL, ...CALL]);
        expect(errors.match(/HOST_CONTEXT_MISSING/g)).to.have.lengthOf(1);
        expect(errors).to.contain('AsyncLocalStorageContextManager');
      });
    });
  }
}
