import { expect } from 'chai';
import { AnsweringServer } from './answering-server.js';
import { GrpcServer } from './grpc-server.js';
import { run } from './program.js';

interface Seen {
  readonly complete: boolean;
  readonly ms: number;
}

// Longer than all of them together may take.
const OPTIONS = 'timeoutMs: 8000, batch: { delayMs: 1 }';

describe('the end of a program with the exporter of somebody else', function () {
  this.timeout(30_000);
  const server = new AnsweringServer();
  const grpc = new GrpcServer();

  before(async () => {
    server.isHanging = true;
    grpc.isHanging = true;
    await server.start();
    await grpc.start();
  });
  after(async () => {
    await server.stop();
    grpc.stop();
  });

  const destinations = (): Readonly<Record<string, string>> => {
    const silent = server.at('/v1/traces');
    return {
      'gRPC, no answer': `{ provider: 'otlp', protocol: 'grpc', endpoint: '${grpc.endpoint}', ${OPTIONS} }`,
      'gRPC, nobody there': `{ provider: 'otlp', protocol: 'grpc', endpoint: 'http://127.0.0.1:9', ${OPTIONS} }`,
      'official, no answer': `{ provider: 'otlp', officialExporter: true, endpoint: '${silent}', ${OPTIONS} }`,
      'official, nobody there': `{ provider: 'otlp', officialExporter: true, endpoint: 'http://127.0.0.1:9/', ${OPTIONS} }`,
      'custom, no answer': `{ provider: 'custom', exporter: () => new Promise(() => {}), ${OPTIONS} }`,
      'custom, no end': `{ provider: 'custom', exporter: { export(_, done) { done({ code: 0 }); }, shutdown: () => new Promise(() => {}) }, ${OPTIONS} }`,
    };
  };

  for (const name of [
    'gRPC, no answer',
    'gRPC, nobody there',
    'official, no answer',
    'official, nobody there',
    'custom, no answer',
    'custom, no end',
  ]) {
    it(`comes within the deadline of shutdown: ${name}`, async () => {
      const { printed, stayedMs } = await run<Seen>(`
        const tracing = configureTracing({ logger, destinations: [${destinations()[name]}] });
        Traced.run('work', () => 1);
        await new Promise((resolve) => setTimeout(resolve, 100));
        const start = performance.now();
        const { complete } = await tracing.shutdown(300);
        print({ complete, ms: performance.now() - start });`);
      expect(printed.complete).to.equal(name === 'custom, no end');
      expect(printed.ms).to.be.below(6000);
      expect(stayedMs).to.be.below(6000);
    });
  }

  it('is not held off by a connection over gRPC that is left open', async () => {
    const open = await new GrpcServer().start();
    try {
      const { stayedMs } = await run<string>(`
        configureTracing({ logger, destinations: [{ provider: 'otlp', protocol: 'grpc', endpoint: '${open.endpoint}', ${OPTIONS} }] });
        Traced.run('work', () => 1);
        await new Promise((resolve) => setTimeout(resolve, 300));
        print('idle');`);
      expect(open.spans).to.have.lengthOf(1);
      expect(stayedMs).to.be.below(6000);
    } finally {
      open.stop();
    }
  });
});
