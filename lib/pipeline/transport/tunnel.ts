import type { Agent, AgentOptions, ClientRequest, IncomingMessage } from 'node:http';
import type { RequestOptions } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TlsSettings } from '../settings.js';

/** How to get through a proxy. */
export interface TunnelSettings {
  readonly proxy: string;
  readonly isSecure: boolean;
  readonly tls: TlsSettings;
  /** The longest that the proxy may take to open a tunnel, in milliseconds. */
  readonly connectTimeoutMs: number;
}

const WANTS_CREDENTIALS = 407;

type Created = (error: Error | null, socket?: Duplex) => void;
type Open = (target: string, created: Created) => void;

/** A proxy answered, and opens no tunnel: many open them to port 443 alone, and forward what goes over plain http. */
export class TunnelRefused extends Error {}

/** What a proxy asks for, of the URL that names it. */
export function proxyAuthorization({ username, password }: URL): { 'proxy-authorization'?: string } {
  if (username === '' && password === '') return {};
  const text = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(text).toString('base64')}` };
}

// RFC 9110, 9.3.6: CONNECT names host and port, and nothing but the answer's status says whether there is a tunnel.
function openBy(request: (options: RequestOptions) => ClientRequest, settings: TunnelSettings): Open {
  const { proxy, tls, connectTimeoutMs } = settings;
  const url = new URL(proxy);
  return (target, created) => {
    const asking = request({
      ...tls,
      host: url.hostname.replaceAll(/^\[|\]$/g, ''),
      ...(url.port === '' ? {} : { port: url.port }),
      method: 'CONNECT',
      path: target,
      headers: { host: target, ...proxyAuthorization(url) },
      agent: false,
    });
    // A proxy that is silent keeps no process alive, and no socket either.
    asking.once('socket', (socket: Socket) => socket.unref());
    asking.setTimeout(connectTimeoutMs, () => {
      asking.destroy(new Error(`no tunnel through ${url.host} within ${connectTimeoutMs} ms`));
    });
    asking.on('error', (error: NodeJS.ErrnoException) => {
      created(error.code === 'ECONNRESET' ? new TunnelRefused(`the proxy ${url.host} opens no tunnel`) : error);
    });
    asking.once('connect', ({ statusCode }: IncomingMessage, socket: Socket) => {
      socket.setTimeout(0);
      if (statusCode === 200) return created(null, socket);
      socket.destroy();
      const what = `the proxy ${url.host} opens no tunnel: HTTP ${statusCode}`;
      created(statusCode === WANTS_CREDENTIALS ? new Error(what) : new TunnelRefused(what));
    });
    asking.end();
  };
}

/** Makes an agent that reaches its backend through a proxy and keeps the tunnels open. */
export async function makeTunnelAgent(options: AgentOptions, settings: TunnelSettings): Promise<Agent> {
  const [http, https, { connect }] = await Promise.all([import('node:http'), import('node:https'), import('node:tls')]);
  const open = openBy(settings.proxy.startsWith('https:') ? https.request : http.request, settings);
  const agent = settings.isSecure ? new https.Agent({ ...options, ...settings.tls }) : new http.Agent(options);
  const createConnection = (wanted: RequestOptions, created: Created): undefined => {
    const host = String(wanted.host);
    open(`${host.includes(':') ? `[${host}]` : host}:${wanted.port}`, (error, socket) => {
      if (error !== null || socket === undefined || !settings.isSecure) created(error, socket);
      // An address is no name that a server could be asked for.
      else
        created(
          null,
          connect({ ...settings.tls, ...(/^[\d.]+$|:/.test(host) ? { host } : { servername: host }), socket }),
        );
    });
  };
  return Object.assign(agent, { createConnection });
}
