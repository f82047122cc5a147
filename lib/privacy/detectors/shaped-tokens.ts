import type { Finding } from './finding.js';

interface Shape {
  readonly kind: string;
  readonly least: number;
  readonly most: number;
  /** Sticky, of fixed lengths: there is one way to match it. */
  readonly pattern: RegExp;
}

/** Tokens whose vendor is told by what stands inside or at their end. */
export const SHAPES: readonly Shape[] = [
  { kind: 'mailchimp-key', least: 36, most: 37, pattern: /[0-9a-f]{32}-us\d{1,2}/y },
  { kind: 'okta-token', least: 42, most: 42, pattern: /(?=[\w-]*[a-z])(?=[\w-]*[A-Z])00[\w-]{40}/y },
  { kind: 'azure-secret', least: 37, most: 40, pattern: /[\w.~-]{3}\dQ~[\w.~-]{31,34}/y },
  { kind: 'newrelic-key', least: 40, most: 40, pattern: /[0-9a-fA-F]{36}NRAL/y },
  { kind: 'azure-key', least: 84, most: 84, pattern: /[A-Za-z0-9]{52}JQQJ99[A-Za-z0-9]{26}/y },
  { kind: 'airtable-token', least: 82, most: 82, pattern: /pat[A-Za-z0-9]{14}\.[0-9a-f]{64}/y },
  { kind: 'terraform-token', least: 80, most: 120, pattern: /[A-Za-z0-9]{14}\.atlasv1\.[\w-]{55,98}/y },
];

const LONGEST = 120;
const BY_LENGTH: readonly (readonly Shape[])[] = Array.from({ length: LONGEST + 1 }, (_, length) =>
  SHAPES.filter(({ least, most }) => least <= length && length <= most),
);

/** The stretch as a token of a known shape, if it is one as a whole; a dot behind it belongs to the sentence. */
export function shapedTokenAt(text: string, start: number, end: number): Finding | undefined {
  const last = text.charCodeAt(end - 1) === 46 ? end - 1 : end;
  const shapes = BY_LENGTH[last - start];
  if (shapes === undefined) return undefined;
  for (const { kind, pattern } of shapes) {
    pattern.lastIndex = start;
    if (pattern.test(text) && pattern.lastIndex === last) return { start, end: last, kind, sensitivity: 'secret' };
  }
  return undefined;
}
