// Specs that are the same program whichever decorators the compiler emits: they need no second run.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const IMPORT = /(?:from|import)\s*\(?\s*'(\.[^']+)'/g;
// Programs of their own, which are started by path, may hold decorators.
const STARTS_OTHERS = /DECORATOR_MODE|import\.meta|\.test-out/;

function textOf(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** The spec files below `.test-out/standard` that are byte for byte those of `.test-out/legacy`, with all they import. */
export function sameInBothModes(root = '.test-out') {
  const [legacy, standard] = [join(root, 'legacy'), join(root, 'standard')];
  const known = new Map();

  function isSame(file) {
    if (known.has(file)) return known.get(file);
    // A cycle is decided by the rest of it.
    known.set(file, true);
    const text = textOf(join(standard, file));
    const same =
      text !== undefined &&
      textOf(join(legacy, file)) === text &&
      !STARTS_OTHERS.test(text) &&
      [...text.matchAll(IMPORT)].every(([, path]) => isSame(join(dirname(file), path)));
    known.set(file, same);
    return same;
  }

  return readdirSync(standard, { recursive: true })
    .filter((file) => file.endsWith('.spec.js'))
    .filter((file) => isSame(file))
    .map((file) => join(standard, file));
}
