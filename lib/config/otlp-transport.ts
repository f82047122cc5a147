import type { Transport } from '../pipeline/settings.js';
import type { OtlpDestinationOptions } from './destination-options.js';
import {
  DEFAULT_GRPC,
  defaultEndpoint,
  expectedEndpoint,
  isGrpcPort,
  splitCredentials,
  toGrpcUrl,
  toHttpPort,
} from './endpoint.js';
import { resolveConnection } from './http-transport.js';
import { OtlpResolver, variablesOf } from './otlp.js';
import type { Picker } from './picker.js';
import type { TlsVariables } from './tls.js';
import { resolveTls } from './tls.js';

/** Tells whether a package is installed, so that what needs it is refused where it is not. */
export type CanLoad = (name: string) => boolean;

const GRPC_EXPORTER = '@opentelemetry/exporter-trace-otlp-grpc';

const TLS_VARIABLES: TlsVariables = {
  ca: variablesOf('traces', 'CERTIFICATE'),
  cert: variablesOf('traces', 'CLIENT_CERTIFICATE'),
  key: variablesOf('traces', 'CLIENT_KEY'),
};

type Protocol = 'http' | 'grpc';

const WORDS: Readonly<Record<string, Protocol>> = { grpc: 'grpc', 'http/protobuf': 'http', 'http/json': 'http' };

// What a variable says that is none of the words, the encoding complains about.
function pickProtocol(picker: Picker, { protocol, encoding }: OtlpDestinationOptions): Protocol | undefined {
  const said = protocol ?? (encoding === undefined ? undefined : 'http');
  const read = (name: string): Protocol | undefined => WORDS[picker.resolution.variable(name)?.toLowerCase() ?? ''];
  return picker.tryPick(
    'protocol',
    said,
    variablesOf('traces', 'PROTOCOL').map((name) => [name, () => read(name)] as const),
  );
}

/** What was written where the endpoint comes from. */
function givenEndpoint(picker: Picker, { endpoint }: OtlpDestinationOptions): string | undefined {
  return picker.resolution.variable(picker.sourceOf('endpoint')) ?? endpoint;
}

function refuseEndpoint(picker: Picker, options: OtlpDestinationOptions, hint?: string): void {
  const given = givenEndpoint(picker, options);
  const expected = expectedEndpoint(given, 'traces');
  picker.complain(picker.pathTo('endpoint'), given, expected, hint, picker.sourceOf('endpoint'));
}

function refuseGrpc(picker: Picker, options: OtlpDestinationOptions): void {
  const hint = `npm install ${GRPC_EXPORTER} to send over gRPC`;
  const given = givenEndpoint(picker, options);
  if (given !== undefined && isGrpcPort(given)) {
    refuseEndpoint(picker, options, hint);
    return;
  }
  const isOption = options.protocol === 'grpc' && picker.sourceOf('protocol') === picker.place.source;
  const words = isOption ? 'http' : 'http/protobuf or http/json';
  const expected = `${words}, which a collector takes at ${toHttpPort(given)}`;
  const path = picker.pathTo(isOption ? 'protocol' : 'encoding');
  picker.complain(path, 'grpc', expected, hint, picker.sourceOf('protocol'));
}

/** Resolves what carries spans of an `otlp` destination, over HTTP or gRPC. */
export function resolveOtlpTransport(picker: Picker, options: OtlpDestinationOptions, canLoad: CanLoad): Transport {
  const resolver = new OtlpResolver(picker, options, 'traces');
  const protocol = pickProtocol(picker, options);
  const isAsked = protocol === 'grpc';
  const url = resolver.traceUrl(isAsked, isAsked ? DEFAULT_GRPC : defaultEndpoint('traces'));
  const isGrpc = isAsked || (protocol === undefined && isGrpcPort(url));
  const { endpoint, authorization } = splitCredentials(url);
  const headers = resolver.headers(authorization);
  const [compression, timeoutMs] = [resolver.compression(), resolver.timeoutMs()];
  if (isGrpc && canLoad(GRPC_EXPORTER)) {
    const tls = resolveTls(picker, options.tls, TLS_VARIABLES);
    return { kind: 'grpc', endpoint: toGrpcUrl(endpoint), headers, compression, timeoutMs, tls };
  }
  if (isGrpc) refuseGrpc(picker, options);
  else if (isGrpcPort(url)) refuseEndpoint(picker, options);
  const encoding = isGrpc ? 'protobuf' : resolver.encoding(protocol === 'http');
  const connection = resolveConnection(picker, options, endpoint, TLS_VARIABLES);
  return { kind: 'http', endpoint, headers, encoding, compression, timeoutMs, ...connection };
}
