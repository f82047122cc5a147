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

/** Tells an http(s) URL. */
export function acceptsUrl(value: unknown): boolean {
  return tryParse(value) !== undefined;
}

/** Tells an endpoint whose port speaks gRPC. */
export function isGrpcPort(endpoint: string): boolean {
  return tryParse(endpoint)?.port === GRPC_PORT;
}

/** Tells an endpoint that takes OTLP over HTTP, as far as a URL can say. */
export function acceptsEndpoint(value: unknown): boolean {
  const url = tryParse(value);
  return url !== undefined && url.port !== GRPC_PORT;
}

/** The URL at which a collector takes OTLP over gRPC: no path. */
export function toGrpcUrl(endpoint: string): string {
  const { protocol, host } = new URL(endpoint);
  return `${protocol}//${host}`;
}

/** Where a collector on this machine takes OTLP over gRPC. */
export const DEFAULT_GRPC = `http://localhost:${GRPC_PORT}`;

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

/** Gives an endpoint without a path this one; any other stays as it is. */
export function withPath(endpoint: string, path: string): string {
  const url = new URL(endpoint);
  if (url.pathname !== '/') return endpoint.trim();
  url.pathname = path;
  return url.href;
}

/** Puts a path behind that of a host, but for the first part of it, where the host ends in that. */
export function joinPath(host: URL, path: string): string {
  const url = new URL(host);
  const base = url.pathname.replace(/\/+$/, '');
  const parts = path.split('/');
  const joined = parts
    .map((_, index) => parts.slice(0, parts.length - index).join('/'))
    .find((part) => endsIn(base, part));
  url.pathname = `${base}${path.slice(joined?.length ?? 0)}`;
  return url.href;
}

function endsIn(base: string, part: string): boolean {
  return part !== '' && base.endsWith(part);
}

/** Gives an endpoint with an empty path that of a signal; any other stays as it is. */
export function withSignalPath(endpoint: string, signal: Signal): string {
  return withPath(endpoint, `/v1/${signal}`);
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
