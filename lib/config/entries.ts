import type { Plain } from './input.js';
import type { Path } from './problems.js';

/** Attributes of a resource, in the shape of OpenTelemetry's own type. */
export type ResourceAttributes = Record<string, string | number | boolean | string[] | number[] | boolean[]>;

/** Says that one value is not allowed. */
export type Complain = (path: Path, value: unknown, expected: string) => void;

const IDENTITY = new Set(['service.name', 'service.version', 'deployment.environment.name']);

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): boolean => Number.isFinite(value);
const isFlag = (value: unknown): boolean => typeof value === 'boolean';

/** Tells a key that an object can hold as its own without hiding what every object has. */
export function isEntryName(name: string): boolean {
  return /\S/.test(name) && !(name in Object.prototype);
}

function isResourceValue(value: unknown): value is ResourceAttributes[string] {
  const kinds = [isText, isNumber, isFlag];
  if (!Array.isArray(value)) return kinds.some((isKind) => isKind(value));
  return kinds.some((isKind) => value.every((item) => isKind(item)));
}

/** Tells a header name that HTTP allows. */
export function isHeaderName(name: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) && isEntryName(name);
}

/** Tells a header value that HTTP allows: no line break can start a header of its own. */
export function isHeaderValue(value: unknown): value is string {
  return isText(value) && /^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(value);
}

/** Checks the attributes of a resource and gives those that are allowed. */
export function checkResource(raw: Plain, path: Path, complain: Complain): ResourceAttributes {
  const kept: ResourceAttributes = {};
  for (const [key, value] of Object.entries(raw)) {
    if (value === undefined) continue;
    const isIdentity = IDENTITY.has(key);
    if (!isEntryName(key)) complain([...path, key], value, 'another name of an attribute');
    else if (isIdentity && !(isText(value) && /\S/.test(value))) {
      complain([...path, key], value, 'a text that is not empty');
    } else if (!isResourceValue(value)) {
      complain([...path, key], value, 'a text, a finite number, true, false or a list of one of these');
    } else kept[key] = value;
  }
  return kept;
}

/** Checks request headers and gives those that are allowed. */
export function checkHeaders(raw: Plain, path: Path, complain: Complain): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw)) {
    if (value === undefined) continue;
    if (!isHeaderName(name)) complain([...path, name], value, 'a name that HTTP allows');
    else if (!isHeaderValue(value)) complain([...path, name], value, 'a text that HTTP allows in a header');
    else kept[name] = value;
  }
  return kept;
}
