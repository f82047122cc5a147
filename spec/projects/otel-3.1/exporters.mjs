// What the exporters of this line, which `sdk-node` brings along, make of the spans that they are handed.
import { createServer } from 'node:http';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { OTLPTraceExporter as GrpcExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { ZipkinExporter } from '@opentelemetry/exporter-zipkin';
import { ConsoleSpanExporter, InMemorySpanExporter } from '@opentelemetry/sdk-trace';
import { configureTracing, Traced } from 'spanwright';

const require = createRequire(import.meta.url);
const grpc = createRequire(require.resolve('@opentelemetry/exporter-trace-otlp-grpc'))('@grpc/grpc-js');

const bodies = {};
const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  (bodies[request.url] ??= []).push(Buffer.concat(chunks).toString('base64'));
  const isRetried = request.url === '/again' && bodies[request.url].length === 1;
  response.writeHead(isRetried ? 429 : 200, isRetried ? { 'retry-after': '1' } : {}).end();
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const at = (path) => `http://127.0.0.1:${server.address().port}${path}`;

const calls = [];
const backend = new grpc.Server();
const same = (bytes) => bytes;
backend.addService(
  {
    Export: {
      path: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
      requestStream: false,
      responseStream: false,
      requestSerialize: same,
      requestDeserialize: same,
      responseSerialize: same,
      responseDeserialize: same,
    },
  },
  {
    Export: ({ request, metadata }, done) => {
      calls.push({ body: request.toString('base64'), from: metadata.get('x-from')[0] });
      done(null, Buffer.alloc(0));
    },
  },
);
const grpcPort = await new Promise((resolve, reject) => {
  backend.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) =>
    error ? reject(error) : resolve(port),
  );
});
const grpcUrl = `http://127.0.0.1:${grpcPort}`;

const said = [];
console.dir = (value) => said.push(value.name);
const memory = new InMemorySpanExporter();
const official = { provider: 'otlp', officialExporter: true, compression: 'none' };
const metadata = new grpc.Metadata();
metadata.set('x-from', 'custom');
const tracing = configureTracing({
  serviceName: 'shop',
  destinations: [
    { ...official, name: 'protobuf', endpoint: at('/protobuf') },
    { ...official, name: 'json', encoding: 'json', endpoint: at('/json') },
    { ...official, name: 'again', endpoint: at('/again') },
    { provider: 'otlp', name: 'grpc', protocol: 'grpc', endpoint: grpcUrl, headers: { 'x-from': 'ours' } },
    { provider: 'custom', name: 'zipkin', exporter: new ZipkinExporter({ url: at('/zipkin') }) },
    { provider: 'custom', name: 'memory 3', exporter: memory },
    { provider: 'custom', name: 'console 3', exporter: new ConsoleSpanExporter() },
    { provider: 'custom', name: 'grpc 3', exporter: new GrpcExporter({ url: grpcUrl, metadata }) },
  ],
});
Traced.run({ name: 'outer', kind: 'server', attributes: { list: ['a', 'b'] } }, (call) => {
  call.addEvent('event');
  Traced.run('inner', () => 1);
});
await tracing.flush(500);
const early = tracing.health().destinations.again;
const earlyRequests = bodies['/again'].length;
await new Promise((resolve) => setTimeout(resolve, 1200));
const { complete } = await tracing.flush();
const kept = memory.getFinishedSpans().map(({ name, resource }) => [name, resource.attributes['service.name']]);
const { destinations } = tracing.health();
await tracing.shutdown();
console.log(JSON.stringify({ complete, bodies, calls, said, kept, early, earlyRequests, destinations }));
server.close();
server.closeAllConnections();
backend.forceShutdown();
