import { REDACTED } from '../../privacy/marks.js';
import type { Transport } from '../settings.js';

// What is shorter stands in many a text that shows no key.
const MIN_CHARS = 6;
// RFC 7235: a scheme, and what only the backend should know.
const CREDENTIALS = /^(\S+) +(\S+)$/;

function partsOf(header: string): string[] {
  const [, scheme = '', credentials] = CREDENTIALS.exec(header.trim()) ?? [];
  if (credentials === undefined) return [header.trim()];
  if (scheme.toLowerCase() !== 'basic') return [header.trim(), credentials];
  const pair = Buffer.from(credentials, 'base64').toString();
  return [credentials, pair, pair.slice(pair.indexOf(':') + 1)];
}

function valuesOf(transport: Transport): string[] {
  switch (transport.kind) {
    case 'http':
    case 'grpc':
      return [
        ...Object.values(transport.headers).flatMap(partsOf),
        ...new URL(transport.endpoint).searchParams.values(),
      ];
    case 'azure':
      return transport.connectionString
        .split(';')
        .map((piece) => piece.slice(piece.indexOf('=') + 1))
        .filter((value) => !URL.canParse(value));
    default:
      return [];
  }
}

/** The texts that a destination authenticates with, longest first: a backend that refuses them may quote them. */
export function secretsOf(transport: Transport): readonly string[] {
  const values = [...new Set(valuesOf(transport))].filter(({ length }) => length >= MIN_CHARS);
  return values.toSorted((one, other) => other.length - one.length);
}

/** A text without these secrets. */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, REDACTED), text);
}
