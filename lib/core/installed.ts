import { nodeRequire } from '#node-require';

/** Tells whether a package can be found from here, without loading it. */
export function isInstalled(name: string): boolean {
  try {
    nodeRequire.resolve(name);
    return true;
  } catch {
    return false;
  }
}
