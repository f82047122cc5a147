const GRPC_PORT = '4317';
const HTTP_PORT = '4318';

/** What is sent; a collector takes each kind at a path of its own. */
export type Signal = 'traces' | 'metrics';

const COLLECTOR = `http://localhost:${HTTP_PORT}`;

/** Where a collector on this machine takes a signal. */
export function defaultEndpoint(signal: Signal): string {
  return `${COLLECTOR}/v1/${signal}`;
}

function tryParse(value: unknown): URL | undefined {
  if (typeof value !== 'string' || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  return /^https?:$/.test(url.protocol) ? url : undefined;
}

/** Tells an endpoint that takes OTLP over HTTP, as far as a URL can say. */
export function acceptsEndpoint(value: unknown): boolean {
  const url = tryParse(value);
  return url !== undefined && url.port !== GRPC_PORT;
}

/** The URL at which the same collector takes OTLP over HTTP, without credentials, path and query. */
export function toHttpPort(endpoint: unknown): string {
  const url = tryParse(endpoint) ?? new URL(COLLECTOR);
  return `${url.protocol}//${url.hostname}:${HTTP_PORT}`;
}

/** What is allowed instead of an endpoint that is refused. */
export function expectedEndpoint(value: unknown, signal: Signal): string {
  if (tryParse(value) === undefined) return `an http(s) URL such as ${defaultEndpoint(signal)}`;
  return `OTLP over HTTP at ${toHttpPort(value)} (port ${GRPC_PORT} speaks gRPC)`;
}

/** Gives an endpoint with an empty path that of a signal; any other stays as it is. */
export function withSignalPath(endpoint: string, signal: Signal): string {
  const url = new URL(endpoint);
  if (url.pathname !== '/') return endpoint.trim();
  url.pathname = `/v1/${signal}`;
  return url.href;
}

/** Joins the path of a signal to that of `OTEL_EXPORTER_OTLP_ENDPOINT`, which is one for all signals. */
export function joinSignalPath(endpoint: string, signal: Signal): string {
  const url = new URL(endpoint);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/v1/${signal}`;
  return url.href;
}

/** An endpoint without the credentials in it, and those as the value of an `authorization` header. */
export function splitCredentials(endpoint: string): { endpoint: string; authorization?: string } {
  const url = new URL(endpoint);
  if (url.username === '' && url.password === '') return { endpoint };
  const pair = `${decode(url.username)}:${decode(url.password)}`;
  url.username = '';
  url.password = '';
  return { endpoint: url.href, authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Tells an endpoint on this machine: localhost, 127.0.0.0/8, [::1]. */
export function isLoopback(endpoint: string): boolean {
  const { hostname } = new URL(endpoint);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
