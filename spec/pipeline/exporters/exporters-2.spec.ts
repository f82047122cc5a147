import { trace } from '@opentelemetry/api';
import { ZipkinExporter } from '@opentelemetry/exporter-zipkin';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { ConsoleSpanExporter, InMemorySpanExporter } from '@opentelemetry/sdk-trace';
import { expect } from 'chai';
import type { CustomDestinationOptions, Tracing } from 'spanwright';
import { configureTracing, Traced } from 'spanwright';
import { OtlpServer } from '../otlp-server.js';
import { AnsweringServer } from './answering-server.js';

/** What Zipkin takes. */
interface ZipkinSpan {
  readonly traceId: string;
  readonly id: string;
  readonly parentId?: string;
  readonly name: string;
  readonly kind?: string;
  readonly localEndpoint: { readonly serviceName: string };
  readonly annotations: readonly { readonly value: string }[];
  readonly tags: Readonly<Record<string, string>>;
}

describe('exporters of OpenTelemetry 2.x as custom destinations', () => {
  let tracing: Tracing;

  function configure(exporter: CustomDestinationOptions['exporter']): void {
    tracing = configureTracing({
      serviceName: 'shop',
      resource: { 'team.name': 'red' },
      destinations: [{ provider: 'custom', exporter, batch: { delayMs: 5 } }],
    });
  }

  // A tree of two with everything that a span can have.
  function tree(): string {
    let traceId = '';
    Traced.run({ name: 'outer', kind: 'server', attributes: { list: ['a', 'b'], flag: true } }, (call) => {
      ({ traceId = '' } = call);
      call.addEvent('event', { n: 1 });
      expect(() =>
        Traced.run({ name: 'inner', kind: 'client' }, () => {
          throw new TypeError('no');
        }),
      ).to.throw('no');
      trace.getActiveSpan()?.addLink({ context: { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 } });
    });
    return traceId;
  }

  afterEach(async () => {
    await tracing.shutdown(500);
  });

  it('InMemorySpanExporter', async () => {
    const exporter = new InMemorySpanExporter();
    configure(exporter);
    const traceId = tree();
    await tracing.flush();
    const [inner, outer] = exporter.getFinishedSpans();
    expect(inner?.spanContext()).to.include({ traceId });
    expect(inner?.parentSpanContext?.spanId).to.equal(outer?.spanContext().spanId);
    expect(outer?.resource.merge(null).attributes).to.include({ 'service.name': 'shop', 'team.name': 'red' });
    expect(outer?.links).to.have.lengthOf(1);
  });

  it('ConsoleSpanExporter', async () => {
    const said: unknown[] = [];
    const { dir } = console;
    console.dir = (value: unknown) => void said.push(value);
    try {
      configure(new ConsoleSpanExporter());
      const traceId = tree();
      await tracing.flush();
      expect(said).to.have.lengthOf(2);
      expect(said[1]).to.deep.include({ name: 'outer', traceId, kind: 1 });
    } finally {
      console.dir = dir;
    }
  });

  it('ZipkinExporter', async () => {
    const server = await new AnsweringServer().start();
    try {
      server.answer = (response) => void response.writeHead(202).end();
      configure(new ZipkinExporter({ url: server.at('/api/v2/spans') }));
      const traceId = tree();
      expect(await tracing.flush()).to.deep.include({ complete: true });
      const [inner, outer] = JSON.parse(String(server.bodies[0])) as [ZipkinSpan, ZipkinSpan];
      expect(outer).to.deep.include({ traceId, name: 'outer', kind: 'SERVER', localEndpoint: { serviceName: 'shop' } });
      expect(inner).to.include({ traceId, name: 'inner', parentId: outer.id, kind: 'CLIENT' });
      expect(outer.tags).to.include({ 'team.name': 'red', flag: 'true' });
      expect(outer.annotations.map(({ value }) => value)).to.deep.equal(['event']);
    } finally {
      await server.stop();
    }
  });

  it('ZipkinExporter, where Zipkin is away: the spans stay queued', async () => {
    configure(new ZipkinExporter({ url: 'http://127.0.0.1:9/api/v2/spans' }));
    tree();
    await tracing.flush(200);
    expect(tracing.health().destinations['custom']).to.include({ queued: 2, delivered: 0 });
  });

  it('OTLPTraceExporter, one request a batch with one resource', async () => {
    const server = await new OtlpServer().start();
    try {
      configure(new OTLPTraceExporter({ url: server.endpoint }));
      const traceId = tree();
      expect(await tracing.flush()).to.deep.include({ complete: true });
      expect(server.spans.map((span) => span.traceId)).to.deep.equal([traceId, traceId]);
      expect(server.requests).to.have.lengthOf(1);
    } finally {
      await server.stop();
    }
  });
});
