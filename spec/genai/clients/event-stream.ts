import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';

import type { Json } from '#lib/genai/endpoint.js';

function header(name: string, value: string): Buffer {
  const head = Buffer.alloc(name.length + 4);
  head.writeUInt8(name.length, 0);
  head.write(name, 1);
  head.writeUInt8(7, name.length + 1); // a string
  head.writeUInt16BE(value.length, name.length + 2);
  return Buffer.concat([head, Buffer.from(value)]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** One event in AWS's binary form: lengths, headers, payload, each with its checksum. */
function encodeEvent(name: string, payload: unknown): Buffer {
  const headers = Buffer.concat([
    header(':event-type', name),
    header(':content-type', 'application/json'),
    header(':message-type', 'event'),
  ]);
  const body = Buffer.from(JSON.stringify(payload));
  const prelude = Buffer.concat([uint32(headers.length + body.length + 16), uint32(headers.length)]);
  const message = Buffer.concat([prelude, uint32(crc32(prelude)), headers, body]);
  return Buffer.concat([message, uint32(crc32(message))]);
}

/** An event of a JSON body, as InvokeModelWithResponseStream sends it. */
export function bodyEvent(body: Json): Json {
  return { chunk: { bytes: Buffer.from(JSON.stringify(body)).toString('base64') } };
}

/** Answers every request of `use` with these events, each an object of one member, in pieces that cut them. */
export async function withEventStream<T>(events: readonly Json[], use: (url: string) => Promise<T>): Promise<T> {
  const bytes = Buffer.concat(events.flatMap((event) => Object.entries(event).map((entry) => encodeEvent(...entry))));
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
    for (let start = 0; start < bytes.length; start += 100) response.write(bytes.subarray(start, start + 100));
    response.end();
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
