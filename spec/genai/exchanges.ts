import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const FOLDER = '../shared/data/llm-exchanges';

/** One recorded request and its answer, as they went over the wire. */
export interface Exchange {
  readonly id: string;
  readonly provider: string;
  readonly source: string;
  readonly request: { readonly method: string; readonly path: string; readonly body: Record<string, unknown> };
  readonly response: {
    readonly status: number;
    readonly contentType: string;
    readonly json?: unknown;
    readonly text?: string;
  };
}

/** All recorded exchanges; none where the recordings are absent. */
export const exchanges: readonly Exchange[] = existsSync(FOLDER)
  ? readdirSync(FOLDER, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name }) => readdirSync(join(FOLDER, name)).map((file) => join(FOLDER, name, file)))
      .toSorted()
      .map((path) => JSON.parse(readFileSync(path, 'utf8')) as Exchange)
  : [];

/** The exchange of this id; undefined where the recordings are absent. */
export function exchangeOf(id: string): Exchange | undefined {
  const found = exchanges.find((exchange) => exchange.id === id);
  if (found === undefined && exchanges.length > 0) throw new Error(`no exchange ${id} among ${exchanges.length}`);
  return found;
}

/** The answer's body as it went over the wire. */
export function bodyOf({ response }: Exchange): string {
  return response.text ?? JSON.stringify(response.json);
}

/** What a replaying server saw. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** A loopback server that answers every request with one exchange. */
export interface Replay {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  close(): Promise<void>;
}

/** Starts it. The body is sent in pieces of `pieceBytes`, so that events and characters are cut in the middle. */
export async function replay(exchange: Exchange, { pieceBytes = 512 } = {}): Promise<Replay> {
  const bytes = Buffer.from(bodyOf(exchange));
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      seen.push({
        method: request.method ?? '',
        path: request.url ?? '',
        body: Buffer.concat(parts).toString(),
      });
      response.writeHead(exchange.response.status, { 'content-type': exchange.response.contentType });
      for (let start = 0; start < bytes.length; start += pieceBytes) {
        response.write(bytes.subarray(start, start + pieceBytes));
      }
      response.end();
    });
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

/** A hook that leaves a suite out, and says so, where the recorded exchanges are absent: they are not part of the project. */
export const skipWithoutRecordings: Mocha.Func = function leaveOut() {
  if (exchanges.length > 0) return;
  console.log('      skipped: the recorded exchanges are absent');
  this.skip();
};
