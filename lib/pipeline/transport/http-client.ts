import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { deadline } from '../../core/clock.js';
import type { ClientSettings } from '../settings.js';
import { makeAgent } from './agent.js';
import type { Answer } from './answer.js';
import { proxyAuthorization, TunnelRefused } from './tunnel.js';

// An answer that names each of 512 spans with what is wrong about it.
const MAX_ANSWER_BYTES = 1_048_576;

type Client = Pick<typeof import('node:http'), 'request'>;

/**
 * Posts bytes to one endpoint over connections that stay open. Redirects are answers like others: a key follows nobody.
 * Sockets never keep the process alive; whoever waits for an answer does.
 */
export class HttpClient {
  readonly #settings: ClientSettings;
  readonly #url: URL;
  // A proxy that forwards requests and opens no tunnel.
  #forwarder: URL | undefined;
  #ready: Promise<{ client: Client; agent: Agent }> | undefined;

  /** Nothing is loaded or opened before the first request. */
  constructor(settings: ClientSettings) {
    this.#settings = settings;
    this.#url = new URL(settings.endpoint);
  }

  /** Sends a body and gives the answer. Rejects when there is none: no connection, a time that ran out, the signal. */
  async post(body: Uint8Array, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Answer> {
    this.#ready ??= this.#open().catch((error: unknown) => {
      this.#ready = undefined;
      throw error;
    });
    const { client, agent } = await this.#ready;
    const options: RequestOptions = {
      agent,
      method: 'POST',
      ...this.#targetOf({ ...this.#settings.headers, ...headers, 'content-length': String(body.byteLength) }),
    };
    const first = client.request(options);
    try {
      return await this.#exchange(first, body, signal);
    } catch (error) {
      if (this.#isForwarded(error)) return await this.post(body, headers, signal);
      // The backend closed a connection that was kept open, at the moment in which it was used again.
      if (signal.aborted || !first.reusedSocket || (error as NodeJS.ErrnoException).code !== 'ECONNRESET') throw error;
      return await this.#exchange(client.request(options), body, signal);
    }
  }

  async close(): Promise<void> {
    const ready = await this.#ready;
    ready?.agent.destroy();
  }

  #targetOf(headers: Readonly<Record<string, string>>): RequestOptions {
    const { port, hostname } = this.#forwarder ?? this.#url;
    const { host, pathname, search, href } = this.#url;
    return {
      // Brackets of an IPv6 address belong to the URL and not to the host.
      host: hostname.replace(/^\[|\]$/g, ''),
      ...(port === '' ? {} : { port }),
      // RFC 9112, 3.2.2: a proxy is told the whole URL.
      path: this.#forwarder === undefined ? `${pathname}${search}` : href,
      headers: this.#forwarder === undefined ? headers : { ...headers, host, ...proxyAuthorization(this.#forwarder) },
    };
  }

  // Requests in flight find out together.
  #isForwarded(error: unknown): boolean {
    const { proxy } = this.#settings;
    if (!(error instanceof TunnelRefused) || proxy === undefined || this.#url.protocol !== 'http:') return false;
    if (this.#forwarder === undefined) {
      this.#forwarder = new URL(proxy);
      this.#ready = undefined;
    }
    return true;
  }

  async #open(): Promise<{ client: Client; agent: Agent }> {
    const { proxy: _proxy, ...direct } = this.#settings;
    const url = this.#forwarder ?? this.#url;
    const [client, agent] = await Promise.all([
      url.protocol === 'https:' ? import('node:https') : import('node:http'),
      makeAgent(url, this.#forwarder === undefined ? this.#settings : direct),
    ]);
    return { client, agent };
  }

  async #exchange(request: ClientRequest, body: Uint8Array, signal: AbortSignal): Promise<Answer> {
    const { timeoutMs, connectTimeoutMs } = this.#settings;
    const whole = deadline(timeoutMs, false);
    const connecting = deadline(connectTimeoutMs, false);
    request.once('socket', (socket: TLSSocket) => {
      socket.unref();
      const isSecure = (this.#forwarder ?? this.#url).protocol === 'https:';
      // Through a proxy it is connected before it gets here.
      if (request.reusedSocket || (!isSecure && !socket.connecting)) connecting.cancel();
      else socket.once(isSecure ? 'secureConnect' : 'connect', connecting.cancel);
    });
    let abort = (): void => {};
    try {
      return await new Promise<Answer>((resolve, reject) => {
        // For as long as it lives: an error that nobody listens to ends the program.
        request.on('error', reject);
        // A request that has no socket yet says nothing when it is destroyed.
        const giveUp = (what: string): void => {
          const error = new Error(what);
          reject(error);
          request.destroy(error);
        };
        abort = () => giveUp('it was given up');
        signal.addEventListener('abort', abort);
        void whole.passed.then(() => giveUp(`no answer within ${timeoutMs} ms`));
        void connecting.passed.then(() => giveUp(`no connection within ${connectTimeoutMs} ms`));
        request.once('response', (response) => void read(response).then(resolve, reject));
        if (signal.aborted) abort();
        else request.end(body);
      });
    } finally {
      signal.removeEventListener('abort', abort);
      whole.cancel();
      connecting.cancel();
    }
  }
}

async function read(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    // Read to its end, so that the connection can be used again; kept is the beginning.
    if (size < MAX_ANSWER_BYTES) chunks.push(chunk);
    size += chunk.length;
  }
  return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) };
}
