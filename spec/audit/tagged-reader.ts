type Tag = Record<string, unknown> & { readonly $al: string };

const VIEWS: Readonly<Record<string, (buffer: ArrayBuffer) => unknown>> = {
  ArrayBuffer: (buffer) => buffer,
  DataView: (buffer) => new DataView(buffer),
  Uint8Array: (buffer) => new Uint8Array(buffer),
  Uint8ClampedArray: (buffer) => new Uint8ClampedArray(buffer),
  Uint16Array: (buffer) => new Uint16Array(buffer),
  Uint32Array: (buffer) => new Uint32Array(buffer),
  Int8Array: (buffer) => new Int8Array(buffer),
  Int16Array: (buffer) => new Int16Array(buffer),
  Int32Array: (buffer) => new Int32Array(buffer),
  Float32Array: (buffer) => new Float32Array(buffer),
  Float64Array: (buffer) => new Float64Array(buffer),
  BigInt64Array: (buffer) => new BigInt64Array(buffer),
  BigUint64Array: (buffer) => new BigUint64Array(buffer),
};

function readBigint(text: string): bigint {
  return text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text);
}

function readBytes(tag: Tag): unknown {
  const bytes = Uint8Array.from(Buffer.from(String(tag['v']), 'base64'));
  return VIEWS[String(tag['k'])]?.(bytes.buffer);
}

function readItems(items: readonly unknown[]): unknown[] {
  const array: unknown[] = [];
  for (const item of items) {
    const holes = isTag(item) && item.$al === 'hole' ? Number(item['n']) : 0;
    if (holes > 0) array.length += holes;
    else array.push(readTagged(item));
  }
  return array;
}

function readArray(tag: Tag): unknown[] {
  const array = readItems(tag['v'] as unknown[]);
  for (const [key, value] of Object.entries(readTagged(tag['m']) as object)) define(array, key, value);
  return array;
}

function define(target: object, key: PropertyKey, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}

function readObject(pairs: Iterable<readonly [PropertyKey, unknown]>): object {
  const result = {};
  for (const [key, value] of pairs) define(result, key, value);
  return result;
}

const READERS: Readonly<Record<string, (tag: Tag) => unknown>> = {
  undefined: () => undefined,
  number: (tag) => Number(tag['v']),
  bigint: (tag) => readBigint(String(tag['v'])),
  string: (tag) => JSON.parse(String(tag['v'])) as string,
  symbol: (tag) => Symbol.for(String(tag['for'])),
  date: (tag) => new Date(tag['v'] === 'invalid' ? Number.NaN : String(tag['v'])),
  bytes: readBytes,
  map: (tag) => new Map(readItems(tag['v'] as unknown[]) as [unknown, unknown][]),
  set: (tag) => new Set(readItems(tag['v'] as unknown[])),
  boxed: (tag) => Object(readTagged(tag['v'])) as unknown,
  array: readArray,
  object: (tag) => readObject(readItems(tag['v'] as unknown[]) as [PropertyKey, unknown][]),
};

function isTag(value: unknown): value is Tag {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, '$al');
}

/** Makes the value again that a tagged text says. */
export function readTagged(value: unknown): unknown {
  if (Array.isArray(value)) return readItems(value);
  if (isTag(value)) return READERS[value.$al]?.(value);
  if (typeof value !== 'object' || value === null) return value;
  return readObject(
    Object.entries(value).map(
      ([key, member]) => [/^\$\$+al$/.test(key) ? key.slice(1) : key, readTagged(member)] as const,
    ),
  );
}
