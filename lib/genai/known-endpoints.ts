import type { Endpoint } from './endpoint.js';
import { allEndpoints } from './providers/all-endpoints.js';

/** Every endpoint that is known; in the bundle that Node imports, `endpoints-on-demand` stands in for this file. */
export function knownEndpoints(): readonly Endpoint[] {
  return allEndpoints;
}
