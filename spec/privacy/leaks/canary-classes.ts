import type { Random } from '../canaries.js';
import { grouped, ibanOf, someOf, withLuhn } from '../canaries.js';
import { VENDOR_TOKENS } from './vendor-canaries.js';
import { NATIONAL_CANARIES } from './national-canaries.js';

/** A secret or a piece of personal data that nothing which leaves the process may hold. */
export interface Canary {
  readonly kind: string;
  readonly sensitivity: 'secret' | 'personal';
  /** How it stands in a text. */
  readonly text: string;
  /** Its unique parts, none of which may be found; names and prefixes around them may. */
  readonly parts: readonly string[];
}

/** Makes one canary of a class. */
export type CanaryClass = (random: Random) => Canary;

const DIGITS = '0123456789';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = UPPER.toLowerCase();
const HEX = `${DIGITS}abcdef`;
const ALNUM = `${UPPER}${LOWER}${DIGITS}`;

const named = (kind: string, write: (value: string) => string, alphabet = ALNUM, length = 18): CanaryClass => {
  return (random) => {
    const part = someOf(random, alphabet, length);
    return { kind, sensitivity: 'secret', text: write(part), parts: [part] };
  };
};

const personal =
  (kind: string, make: (random: Random) => string): CanaryClass =>
  (random) => {
    const text = make(random);
    return { kind, sensitivity: 'personal', text, parts: [text] };
  };

const base64url = (text: string): string => Buffer.from(text).toString('base64url');

function jwt(random: Random): Canary {
  const [header, payload] = ['{"alg":"HS256"}', `{"sub":"${someOf(random, ALNUM, 24)}"}`].map(base64url);
  const signature = someOf(random, ALNUM, 43);
  const text = `${header}.${payload}.${signature}`;
  // The payload begins alike in all of them.
  return { kind: 'jwt', sensitivity: 'secret', text, parts: [signature, payload?.slice(12) ?? ''] };
}

function privateKey(random: Random): Canary {
  const parts = Array.from({ length: 4 }, () => someOf(random, ALNUM, 64));
  const label = ['PRIVATE', 'KEY'].join(' ');
  const text = `-----BEGIN ${label}-----\n${parts.join('\n')}\n-----END ${label}-----`;
  return { kind: 'private-key', sensitivity: 'secret', text, parts };
}

function basicAuth(random: Random): Canary {
  const part = base64url(`app:${someOf(random, ALNUM, 23)}`);
  return { kind: 'basic-auth', sensitivity: 'secret', text: `Basic ${part}`, parts: [part.slice(6)] };
}

function telegram(random: Random): Canary {
  const part = `AA${someOf(random, ALNUM, 33)}`;
  return {
    kind: 'telegram-token',
    sensitivity: 'secret',
    text: `7${someOf(random, DIGITS, 9)}:${part}`,
    parts: [part],
  };
}

function discord(random: Random): Canary {
  const parts = [`M${someOf(random, ALNUM, 23)}`, someOf(random, ALNUM, 38)];
  const text = `${parts[0]}.${someOf(random, ALNUM, 6)}.${parts[1]}`;
  return { kind: 'discord-token', sensitivity: 'secret', text, parts };
}

function twoParts(
  kind: string,
  write: (one: string, other: string) => string,
  one: number,
  other: number,
  alphabet = ALNUM,
): CanaryClass {
  return (random) => {
    const parts = [someOf(random, ALNUM, one), someOf(random, alphabet, other)] as const;
    return { kind, sensitivity: 'secret', text: write(...parts), parts };
  };
}

function email(random: Random): Canary {
  const parts = [`${someOf(random, LOWER, 6)}.${someOf(random, LOWER, 5)}`, someOf(random, LOWER, 12)];
  return { kind: 'email', sensitivity: 'personal', text: `${parts[0]}+tag@${parts[1]}.example`, parts };
}

/** What the user's own pattern of the check looks for. */
export const USER_PATTERN = /\bCUST-[0-9a-f]{20}\b/;

/** Every class that the reference documents; some in several forms. */
export const CANARY_CLASSES: readonly CanaryClass[] = [
  ...VENDOR_TOKENS.map(([kind, [prefix, suffix = ''], alphabet, length]) =>
    named(kind, (value) => `${prefix.replace('|', '')}${value}${suffix}`, alphabet, length),
  ),
  jwt,
  privateKey,
  basicAuth,
  telegram,
  discord,
  twoParts('azure-key', (one, other) => `${one}JQQJ99${other}`, 52, 26),
  twoParts('airtable-token', (one, other) => `pat${one}.${other}`, 14, 64, HEX),
  twoParts('terraform-token', (one, other) => `${one}.atlasv1.${other}`, 14, 67),
  named('pattern', (value) => `CUST-${value}`, HEX, 20),
  named('bearer', (value) => `Bearer ${value}`, ALNUM, 40),
  named('url-password', (value) => `postgres://app:${value}@db.internal:5432/main`),
  named('url-password', (value) => `mongodb+srv://app:${value}@cluster0.example.net/?retryWrites=true`),
  named('url-password', (value) => `https://app:${value}@example.com/v1`),
  named('assignment', (value) => `Server=db;User Id=app;Password=${value};Encrypt=true`),
  named('assignment', (value) => `AWS_SECRET_ACCESS_KEY=${value}`, ALNUM, 40),
  named('assignment', (value) => `DefaultEndpointsProtocol=https;AccountKey=${value}==;EndpointSuffix=x`, ALNUM, 86),
  named('assignment', (value) => `DD_API_KEY=${value}`, HEX, 32),
  named('assignment', (value) => `password: ${value}`),
  named('assignment', (value) => `Authorization: Bearer ${value}`),
  named('assignment', (value) => `Cookie: theme=dark; sid=${value}`),
  email,
  personal('email', (random) => `j${someOf(random, LOWER, 7)}@bücher-${someOf(random, LOWER, 6)}.de`),
  (random) => {
    const part = `${someOf(random, DIGITS, 4)} ${someOf(random, DIGITS, 4)}`;
    return { kind: 'phone', sensitivity: 'personal', text: `+44 20 ${part}`, parts: [part] };
  },
  personal('phone', (random) => `+49${1 + random(9)}${someOf(random, DIGITS, 9)}`),
  personal(
    'phone',
    (random) =>
      `(${2 + random(8)}${someOf(random, DIGITS, 2)}) 5${someOf(random, DIGITS, 2)}-${someOf(random, DIGITS, 4)}`,
  ),
  personal('card', (random) => grouped(withLuhn(`4${someOf(random, DIGITS, 14)}`), [4, 4, 4, 4], ' ')),
  personal('card', (random) => withLuhn(`53${someOf(random, DIGITS, 13)}`)),
  personal('card', (random) => grouped(withLuhn(`37${someOf(random, DIGITS, 12)}`), [4, 6, 5], '-')),
  personal('iban', (random) => ibanOf('DE', someOf(random, DIGITS, 18))),
  personal('iban', (random) => grouped(ibanOf('FR', someOf(random, DIGITS, 23)), [4, 4, 4, 4, 4, 4, 3], ' ')),
  ...Object.entries(NATIONAL_CANARIES).map(([kind, make]) => personal(kind, make)),
];
