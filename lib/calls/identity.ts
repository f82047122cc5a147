import { guarded } from '../core/guard.js';

// `property` is empty for the metadata of the function itself, else one key.
interface MetadataApi {
  getOwnMetadataKeys?(target: object, ...property: PropertyKey[]): unknown[];
  getOwnMetadata?(key: unknown, target: object, ...property: PropertyKey[]): unknown;
  defineMetadata?(key: unknown, value: unknown, target: object, ...property: PropertyKey[]): void;
}

// reflect-metadata is the application's: what it put on the function must be found on the wrapper.
// Frameworks that miss it answer 404 or, with a guard's metadata, let everybody in.
function copyMetadata(from: object, to: object): void {
  const api = Reflect as MetadataApi;
  if (typeof api.getOwnMetadataKeys !== 'function') return;
  // Which properties have metadata cannot be asked: the function's own ones are looked through.
  for (const property of [[], ...Reflect.ownKeys(from).map((key) => [key])]) {
    for (const key of api.getOwnMetadataKeys(from, ...property)) {
      api.defineMetadata?.(key, api.getOwnMetadata?.(key, from, ...property), to, ...property);
    }
  }
}

function copyProperty(key: PropertyKey, from: object, to: object): void {
  const own = Object.getOwnPropertyDescriptor(from, key);
  if (own !== undefined) guarded('ENGINE', () => Object.defineProperty(to, key, own));
}

/** Gives a wrapper the name, length, other own properties, prototype and reflect-metadata of the function it stands for. */
export function copyIdentity(from: object, to: object): void {
  for (const key of Reflect.ownKeys(to)) {
    if (!Object.hasOwn(from, key)) guarded('ENGINE', () => Reflect.deleteProperty(to, key));
  }
  for (const key of Reflect.ownKeys(from)) {
    if (key !== 'arguments' && key !== 'caller') copyProperty(key, from, to);
  }
  const prototype: unknown = Object.getPrototypeOf(from);
  if (prototype !== Object.getPrototypeOf(to)) Object.setPrototypeOf(to, prototype as object | null);
  copyMetadata(from, to);
}
