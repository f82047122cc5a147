// From the first line of the program to the request of the exporter, over a real socket.
import { once } from 'node:events';
import { createServer } from 'node:http';

const server = createServer((request, response) => {
  request.resume().on('end', () => response.end());
  console.log(performance.now() - start);
  server.close();
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');

const start = performance.now();
const { configureTracing, Traced } = await import('spanwright');
const endpoint = `http://127.0.0.1:${server.address().port}`;
const tracing = configureTracing({ destinations: [{ provider: 'otlp', endpoint }] });
Traced.run('first', () => {});
await tracing.flush();
server.closeAllConnections();
