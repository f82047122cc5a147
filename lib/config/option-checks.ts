import { isHeaderValue } from './entries.js';
import { isPlain } from './input.js';

/** Tells a text that is not empty. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && /\S/.test(value);
}

/** Tells a name of a destination. Names are keys in health(): one that every object has would be lost there. */
export function isName(value: unknown): boolean {
  return isText(value) && value.length <= 64 && !(value in Object.prototype);
}

/** Tells a path of a file. */
export function isPath(value: unknown): value is string {
  return isText(value) && !value.includes('\0');
}

/** Tells a text that can travel in a request header, as keys and names of projects do. */
export function isHeaderText(value: unknown): boolean {
  return isText(value) && isHeaderValue(value.trim());
}

/** Tells a host of an installation: a host name, with a port and a path if need be, or an http(s) URL. */
export function isHost(value: unknown): boolean {
  return isText(value) && URL.canParse(withScheme(value)) && /^https?:\/\/[^/?#]+[^?#]*$/i.test(withScheme(value));
}

/** A host as a URL: https where nothing else is said, plain http on this machine. */
export function withScheme(host: string): string {
  const text = host.trim();
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text;
  return `${/^(?:localhost|127\.[\d.]+|\[::1\])(?::|\/|$)/i.test(text) ? 'http' : 'https'}://${text}`;
}

/** Tells the domain of a Datadog site. */
export function isSite(value: unknown): boolean {
  return isText(value) && /^(?!.*ddog-gov)[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(value.trim());
}

/** Tells a region of a vendor that names them by words. */
export function isRegion(value: unknown): boolean {
  return isText(value) && /^[a-z0-9-]{2,64}$/i.test(value.trim());
}

/** Tells names of spans: texts, in which `*` stands for any characters, and regular expressions. */
export function isNameList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => isText(item) || item instanceof RegExp);
}

/** Tells a list of attributes by which spans are left out. */
export function isAttributeList(value: unknown): boolean {
  const isValue = (one: unknown): boolean => ['string', 'boolean'].includes(typeof one) || Number.isFinite(one);
  const isEntry = (one: unknown): boolean =>
    isPlain(one) && Object.keys(one).length > 0 && Object.values(one).every(isValue);
  return Array.isArray(value) && value.every(isEntry);
}

/** Tells an exporter: an object with `export()`, or a function. */
export function isExporter(value: unknown): boolean {
  if (typeof value === 'function') return true;
  try {
    return typeof (value as { export?: unknown } | null)?.export === 'function';
  } catch {
    return false;
  }
}
