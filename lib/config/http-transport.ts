import type { HttpSettings } from '../pipeline/settings.js';
import type { HttpDestinationOptions } from './destination-options.js';
import type { Picker } from './picker.js';
import { resolveProxy } from './proxy.js';
import type { TlsVariables } from './tls.js';
import { resolveTls } from './tls.js';

/** What all connections over HTTP have, whatever goes through them. */
export type Connection = Pick<HttpSettings, 'connectTimeoutMs' | 'maxSockets' | 'tls' | 'proxy' | 'officialExporter'>;

/** Resolves the connection to an endpoint. */
export function resolveConnection(
  picker: Picker,
  options: HttpDestinationOptions,
  endpoint: string,
  tlsVariables?: TlsVariables,
): Connection {
  const proxy = resolveProxy(picker.resolution, endpoint);
  return {
    connectTimeoutMs: picker.pick('connectTimeoutMs', options.connectTimeoutMs, [], 5000),
    maxSockets: picker.pick('maxSockets', options.maxSockets, [], 10),
    tls: resolveTls(picker, options.tls, tlsVariables),
    ...(proxy === undefined ? {} : { proxy }),
    officialExporter: picker.pick('officialExporter', options.officialExporter, [], false),
  };
}
