import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { DestinationHealth, Health, OtlpDestinationOptions } from 'spanwright';
import { OtlpServer } from '../otlp-server.js';

const NAMES = ['refused', 'hanging', 'busy', 'healthy'] as const;

// A port on which nobody listens.
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Backends as a bad day has them: one refuses connections, one hangs, one asks for peace, one is healthy. */
export class FourBackends {
  readonly healthy = new OtlpServer();
  readonly hanging = new OtlpServer();
  readonly busy = new OtlpServer();
  #refusedPort = 0;

  async start(): Promise<this> {
    this.hanging.script = () => ({ fault: 'hang' });
    this.busy.script = () => ({ status: 429, headers: { 'retry-after': '30' } });
    this.#refusedPort = await freePort();
    await Promise.all([this.healthy.start(), this.hanging.start(), this.busy.start()]);
    return this;
  }

  /** All four as destinations, the healthy one last. */
  destinations(options: Partial<OtlpDestinationOptions> = {}): OtlpDestinationOptions[] {
    const endpoints = [
      `http://127.0.0.1:${this.#refusedPort}/v1/traces`,
      this.hanging.endpoint,
      this.busy.endpoint,
      this.healthy.endpoint,
    ];
    return NAMES.map((name, index) => ({
      provider: 'otlp',
      name,
      endpoint: endpoints[index] as string,
      compression: 'none',
      ...options,
    }));
  }

  async stop(): Promise<void> {
    await Promise.all([this.healthy.stop(), this.hanging.stop(), this.busy.stop()]);
  }
}

/** The bad ones of `FourBackends`. */
export const BAD = ['refused', 'hanging', 'busy'] as const;

/** One destination of a health. */
export function of({ destinations }: Health, name: (typeof NAMES)[number]): DestinationHealth {
  const found = destinations[name];
  if (found === undefined) throw new Error(`no destination ${name}`);
  return found;
}
