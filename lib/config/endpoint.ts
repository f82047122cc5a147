const TRACES_PATH = 'v1/traces';
const GRPC_PORT = '4317';
const HTTP_PORT = '4318';

/** Where a collector on this machine listens. */
export const DEFAULT_ENDPOINT = `http://localhost:${HTTP_PORT}/${TRACES_PATH}`;

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
  const url = tryParse(endpoint) ?? new URL(DEFAULT_ENDPOINT);
  return `${url.protocol}//${url.hostname}:${HTTP_PORT}`;
}

/** What is allowed instead of an endpoint that is refused. */
export function expectedEndpoint(value: unknown): string {
  if (tryParse(value) === undefined) return `an http(s) URL such as ${DEFAULT_ENDPOINT}`;
  return `OTLP over HTTP at ${toHttpPort(value)} (port ${GRPC_PORT} speaks gRPC)`;
}

/** Gives an endpoint with an empty path the path for traces; any other stays as it is. */
export function withTracesPath(endpoint: string): string {
  const url = new URL(endpoint);
  if (url.pathname !== '/') return endpoint.trim();
  url.pathname = `/${TRACES_PATH}`;
  return url.href;
}

/** Joins the path for traces to that of `OTEL_EXPORTER_OTLP_ENDPOINT`, which is one for all signals. */
export function joinTracesPath(endpoint: string): string {
  const url = new URL(endpoint);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${TRACES_PATH}`;
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
