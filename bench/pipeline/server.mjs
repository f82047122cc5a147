// An OTLP backend in a process of its own, which counts spans and bytes. Arguments: `ok`, `503` or `hang`, and its latency
// in milliseconds. The parent asks by IPC.
import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';

const [mode = 'ok', latency = '0'] = process.argv.slice(2);
const latencyMs = Number(latency);
const seen = { requests: 0, bytes: 0, spans: 0, times: [] };

const LENGTH_DELIMITED = 2;
// resource_spans, scope_spans, spans
const PATH = [1, 2, 2];

function readVarint(bytes, offset) {
  let value = 0;
  let scale = 1;
  let at = offset;
  let byte;
  do {
    byte = bytes[at++];
    value += (byte & 127) * scale;
    scale *= 128;
  } while (byte & 128);
  return [value, at];
}

function countProtobuf(bytes, start, end, depth) {
  let count = 0;
  let at = start;
  while (at < end) {
    let tag;
    [tag, at] = readVarint(bytes, at);
    const wire = tag & 7;
    if (wire !== LENGTH_DELIMITED) {
      at = wire === 0 ? readVarint(bytes, at)[1] : at + (wire === 1 ? 8 : 4);
      continue;
    }
    let length;
    [length, at] = readVarint(bytes, at);
    if (tag >>> 3 === PATH[depth]) {
      count += depth === PATH.length - 1 ? 1 : countProtobuf(bytes, at, at + length, depth + 1);
    }
    at += length;
  }
  return count;
}

const KEY = Buffer.from('"traceId"');
// No span of the bench is shorter.
const LEAST_BYTES = 400;

function countJson(bytes) {
  let count = 0;
  for (let at = bytes.indexOf(KEY); at >= 0; at = bytes.indexOf(KEY, at + LEAST_BYTES)) count++;
  return count;
}

function answer(response, status, type, body) {
  response.writeHead(status, { 'content-type': type });
  response.end(body);
}

function take({ headers }, response, sent) {
  seen.requests++;
  seen.bytes += sent.length;
  seen.times.push(Date.now());
  if (mode === 'hang') return;
  const type = headers['content-type'];
  if (mode === '503') {
    answer(response, 503, type, '');
    return;
  }
  const bytes = headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
  const isJson = type.includes('json');
  seen.spans += isJson ? countJson(bytes) : countProtobuf(bytes, 0, bytes.length, 0);
  const done = () => answer(response, 200, type, isJson ? '{}' : '');
  if (latencyMs > 0) setTimeout(done, latencyMs);
  else done();
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => take(request, response, Buffer.concat(chunks)));
});
server.keepAliveTimeout = 120_000;
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('message', () => process.send({ ...seen, at: performance.now() }));
process.on('disconnect', () => process.exit(0));
