import { dirname, join } from 'node:path';
import { nodeRequire } from '#node-require';
import { warn } from '../core/diagnostics.js';
import type { Endpoint } from './endpoint.js';

const FILE = 'endpoints.cjs';

let endpoints: readonly Endpoint[] | undefined;

function load(path: string): readonly Endpoint[] {
  return (nodeRequire(path) as { allEndpoints: readonly Endpoint[] }).allEndpoints;
}

// An application that is itself one file has left ours behind, in the folder of the package.
function loadInstalled(): readonly Endpoint[] {
  try {
    return load(join(dirname(nodeRequire.resolve('spanwright/package.json')), 'dist/bundle', FILE));
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
  if (endpoints !== undefined) return endpoints;
  try {
    endpoints = load(`./${FILE}`);
  } catch {
    endpoints = loadInstalled();
  }
  return endpoints;
}
