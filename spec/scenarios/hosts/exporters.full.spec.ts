import { expect } from 'chai';
import type { DestinationHealth } from 'spanwright';
import { readJson } from '../../pipeline/otlp-json.js';
import { readProtobuf } from '../../pipeline/otlp-protobuf.js';
import { HostApplication } from './host-application.js';

interface Seen {
  readonly complete: boolean;
  /** Bodies of requests by path, in base64. */
  readonly bodies: Readonly<Record<string, readonly string[]>>;
  readonly calls: readonly { readonly body: string; readonly from: string }[];
  readonly said: readonly string[];
  readonly kept: readonly (readonly [name: string, service: string])[];
  /** Of the backend that refused the first request, before it was to be asked again. */
  readonly early: DestinationHealth;
  readonly earlyRequests: number;
  readonly destinations: Readonly<Record<string, DestinationHealth>>;
}

const decode = (text = ''): Buffer => Buffer.from(text, 'base64');

describe('exporters of the line 3.1 of OpenTelemetry', function () {
  this.timeout(300_000);
  let application: HostApplication;
  let seen: Seen;

  before(async () => {
    application = new HostApplication('otel-3.1');
    seen = await application.run<Seen>(22, ['exporters.mjs']);
  });
  after(() => application.remove());

  it('take every span once', () => {
    expect(seen.complete).equal(true);
    for (const [name, health] of Object.entries(seen.destinations)) {
      expect(health, name).include({ accepted: 2, delivered: 2, queued: 0 });
    }
    for (const [path, requests] of Object.entries(seen.bodies)) {
      expect(requests, path).length(path === '/again' ? 2 : 1);
    }
  });

  it('write what the spans say', () => {
    const { bodies } = seen;
    const all = [
      readProtobuf(decode(bodies['/protobuf']?.[0])),
      readJson(decode(bodies['/json']?.[0]).toString('utf8')),
      readProtobuf(decode(bodies['/again']?.[1])),
      ...seen.calls.map(({ body }) => readProtobuf(decode(body))),
    ];
    for (const [inner, outer] of all) {
      expect(inner).include({ name: 'inner', parentSpanId: outer?.spanId, traceId: outer?.traceId });
      expect(outer?.attributes['list']).deep.equal(['a', 'b']);
    }
    const zipkin = JSON.parse(decode(bodies['/zipkin']?.[0]).toString('utf8')) as { name: string }[];
    expect(zipkin.map(({ name }) => name)).deep.equal(['inner', 'outer']);
    expect(seen.kept).deep.equal([
      ['inner', 'shop'],
      ['outer', 'shop'],
    ]);
    expect(seen.said).deep.equal(['inner', 'outer']);
  });

  it('try once, and leave the rest to the queue', () => {
    expect(seen.earlyRequests).equal(1);
    expect(seen.early).include({ queued: 2, breaker: 'closed' });
  });

  it('over gRPC, carry the headers of their destination', () => {
    expect(seen.calls.map(({ from }) => from).toSorted()).deep.equal(['custom', 'ours']);
  });
});
