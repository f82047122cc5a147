import type { Endpoint } from '#lib/genai/endpoint.js';

/** The endpoint of this id; throws where the list has none. */
export function endpointOf(endpoints: readonly Endpoint[], id: string): Endpoint {
  const found = endpoints.find((endpoint) => endpoint.id === id);
  if (found === undefined) throw new Error(`no endpoint ${id}`);
  return found;
}
