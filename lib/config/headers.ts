import type { Picker } from './picker.js';
import { printPath } from './problems.js';
import { isSecretName } from './secrets.js';

/** Headers and who gave them. */
export interface HeaderLayer {
  readonly source: string;
  readonly pairs: readonly (readonly [name: string, value: string | undefined])[];
}

/** Merges headers, the weakest first; names are the same in any case. */
export function mergeHeaders({ resolution, place }: Picker, layers: readonly HeaderLayer[]): Record<string, string> {
  const merged = new Map<string, readonly [name: string, value: string, source: string]>();
  for (const { source, pairs } of layers) {
    for (const [name, value] of pairs) {
      if (value !== undefined) merged.set(name.toLowerCase(), [name, value, source]);
    }
  }
  for (const [name, , source] of merged.values()) {
    resolution.sources[printPath([...place.title, 'headers', name])] = source;
  }
  return Object.fromEntries([...merged.values()].map(([name, value]) => [name, value]));
}

/** The layer of the credentials in a URL. */
export function credentialsLayer(authorization: string | undefined): HeaderLayer {
  return { source: 'endpoint', pairs: [['authorization', authorization]] };
}

/** Tells headers of which one holds a key, as far as names can say. */
export function holdKey(headers: Readonly<Record<string, string>>): boolean {
  return Object.keys(headers).some(isSecretName);
}
