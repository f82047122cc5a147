import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';

/** What stands between a client and its server on loopback, and sees each byte before the server does. */
export interface WatchedWire {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts it; `arrived` is told what a client sends. */
export async function startWatchedWire(port: number, arrived: (bytes: Buffer) => void): Promise<WatchedWire> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    const behind = connect(port, '127.0.0.1');
    keep(client);
    keep(behind);
    client.on('data', (bytes) => {
      arrived(bytes);
      behind.write(bytes);
    });
    behind.pipe(client);
    client.on('end', () => behind.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
