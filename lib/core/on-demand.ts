import { dirname, join } from 'node:path';
import { nodeRequire } from '#node-require';

/**
 * Loads a file of the package that stands beside the bundle. An application that is itself one file has left it behind,
 * in the folder of the package. Throws where it is in neither place.
 */
export function loadBeside(file: string): unknown {
  try {
    return nodeRequire(`./${file}`);
  } catch {
    return nodeRequire(join(dirname(nodeRequire.resolve('spanwright/package.json')), 'dist/bundle', file));
  }
}
