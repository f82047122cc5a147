import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One chunk of a streamed chat completion of OpenAI's. */
export interface MadeChunk {
  readonly id: string;
  readonly object: 'chat.completion.chunk';
  readonly created: number;
  readonly model: string;
  readonly choices: readonly object[];
  readonly usage?: object | null;
}

/** A chunk that adds `delta` to the only choice. */
export function deltaChunk(delta: object, finishReason: string | null = null, id = 'chatcmpl-1'): MadeChunk {
  return {
    id,
    object: 'chat.completion.chunk',
    created: 1,
    model: 'gpt-4o-2024-08-06',
    choices: [{ index: 0, delta, finish_reason: finishReason }],
  };
}

/** The last chunk of a stream that was asked for its usage. */
export function usageChunk(input: number, output: number, id = 'chatcmpl-1'): MadeChunk {
  const usage = { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
  return { ...deltaChunk({}, null, id), choices: [], usage };
}

/** A loopback server that streams chunks. */
export interface StreamServer {
  readonly url: string;
  close(): Promise<void>;
}

type Make = (request: { readonly model: string }) => readonly MadeChunk[];

/** Starts it; every write is `pieceBytes` long and waits until it left, so that it goes over the wire alone. */
export async function streamServer(make: Make, pieceBytes = 512): Promise<StreamServer> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const asked = JSON.parse(Buffer.concat(parts).toString()) as { model: string };
      const events = make(asked).map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`);
      const bytes = Buffer.from(`${events.join('')}data: [DONE]\n\n`);
      request.socket.setNoDelay(true);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      let start = 0;
      const next = (): void => {
        if (start >= bytes.length) return void response.end();
        const piece = bytes.subarray(start, start + pieceBytes);
        start += pieceBytes;
        response.write(piece, () => setImmediate(next));
      };
      next();
    });
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
