import { exchangeOf } from './exchanges.js';

/** The text at a place of a recording, for texts too long to write down; empty where the recordings are absent. */
export function recordedText(id: string, ...path: readonly (string | number)[]): string {
  const exchange = exchangeOf(id);
  if (exchange === undefined) return '';
  let value: unknown = exchange;
  for (const step of path) value = (value as Record<string | number, unknown> | undefined)?.[step];
  if (typeof value !== 'string') throw new Error(`no text at ${path.join('.')} of ${id}`);
  return value;
}
