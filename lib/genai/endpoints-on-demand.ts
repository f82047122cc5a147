import { warn } from '../core/diagnostics.js';
import { loadBeside } from '../core/on-demand.js';
import type { Endpoint } from './endpoint.js';

let endpoints: readonly Endpoint[] | undefined;

function load(): readonly Endpoint[] {
  try {
    return (loadBeside('endpoints.cjs') as { allEndpoints: readonly Endpoint[] }).allEndpoints;
  } catch (error) {
    warn({
      code: 'ENDPOINTS_MISSING',
      message: `what reads the answers of models cannot be loaded: ${error instanceof Error ? error.message.split('\n')[0] : 'unknown'}`,
      hint: 'let the bundler resolve with the condition "module", or leave spanwright out of the bundle',
    });
    return [];
  }
}

/** Every endpoint that is known, loaded when the first call to a model is recorded: two fifths of the package are in there. */
export function knownEndpoints(): readonly Endpoint[] {
  return (endpoints ??= load());
}
