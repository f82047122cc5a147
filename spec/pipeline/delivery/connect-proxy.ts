import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer, request as send } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';

/** A real HTTP proxy on the loopback interface that opens tunnels and forwards requests. */
export class ConnectProxy {
  /** What it was asked for. */
  readonly asked: { readonly target: string; readonly authorization: string | undefined }[] = [];
  /** The URLs of what it forwarded. */
  readonly forwarded: string[] = [];
  /** What it answers to who wants a tunnel; undefined is no answer at all. */
  status: number | undefined = 200;
  /** What went through it, as far as it can be read. */
  text = '';
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;

  async start(): Promise<this> {
    const server = createServer((incoming, response) => {
      const { method = '', url = '', headers } = incoming;
      this.forwarded.push(url);
      const outgoing = send(url, { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      incoming.pipe(outgoing);
    });
    server.on('connect', ({ url = '', headers }, socket: Socket) => {
      const authorization = headers['proxy-authorization'];
      this.asked.push({ target: url, authorization });
      this.#keep(socket);
      if (this.status === undefined) return;
      if (this.status !== 200) {
        socket.end(`HTTP/1.1 ${this.status} Refused\r\n\r\n`);
        return;
      }
      const target = connect(Number(url.split(':').at(-1)), '127.0.0.1');
      this.#keep(target);
      target.once('connect', () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'));
      socket.on('data', (data: Buffer) => {
        this.text += data.toString('latin1');
      });
      socket.pipe(target).pipe(socket);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    this.#server = server;
    return this;
  }

  url(credentials?: string): string {
    if (this.#server === undefined) throw new Error('it does not run');
    const { port } = this.#server.address() as AddressInfo;
    return `http://${credentials === undefined ? '' : `${credentials}@`}127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    for (const socket of this.#sockets) socket.destroy();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }

  #keep(socket: Socket): void {
    socket.on('error', () => {});
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
  }
}
