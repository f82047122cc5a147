/** A secret or a piece of personal data that no output should hold. */
export interface Canary {
  readonly kind: string;
  readonly sensitivity: 'secret' | 'personal';
  /** How it stands in a text. */
  readonly text: string;
  /** What may not be found of it; the text itself, but for an assignment, whose name may stay. */
  readonly hidden: string;
}

/** Numbers below `limit`, the same for the same seed. */
export type Random = (limit: number) => number;

/** Mulberry32. */
export function randomOf(seed: number): Random {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

const DIGITS = '0123456789';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = UPPER.toLowerCase();
const HEX = `${DIGITS}abcdef`;
const ALNUM = `${UPPER}${LOWER}${DIGITS}`;

/** `length` characters of the alphabet, the first of them a digit where it has one, so that no word comes out. */
export function someOf(random: Random, alphabet: string, length: number): string {
  const first = alphabet.includes('7') ? String(random(10)) : alphabet.charAt(random(alphabet.length));
  return `${first}${Array.from({ length: length - 1 }, () => alphabet.charAt(random(alphabet.length))).join('')}`;
}

/** The digits with the one behind them that the Luhn algorithm asks for. */
export function withLuhn(digits: string): string {
  const sum = Array.from(digits, Number)
    .toReversed()
    .reduce((total, digit, index) => total + (index % 2 === 1 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** An IBAN of the country around an account. */
export function ibanOf(country: string, account: string): string {
  const digits = Array.from(`${account}${country}00`, (character) => Number.parseInt(character, 36)).join('');
  return `${country}${String(98n - (BigInt(digits) % 97n)).padStart(2, '0')}${account}`;
}

/** Groups of so many characters with a separator between them. */
export const grouped = (text: string, sizes: readonly number[], separator: string): string => {
  let from = 0;
  return sizes.map((size) => text.slice(from, (from += size))).join(separator);
};

// Prefixes are put together here, so that no scanner takes this file for a leak.
const VENDORS: readonly (readonly [kind: string, prefix: readonly string[], alphabet: string, length: number])[] = [
  ['anthropic-key', ['sk', '-ant-', 'api03-'], ALNUM, 80],
  ['openai-key', ['sk', '-proj-'], ALNUM, 60],
  ['openai-key', ['sk', '-'], ALNUM, 48],
  ['google-key', ['AI', 'za'], ALNUM, 35],
  ['github-token', ['gh', 'p_'], ALNUM, 36],
  ['github-token', ['github', '_pat_'], ALNUM, 60],
  ['gitlab-token', ['gl', 'pat-'], ALNUM, 20],
  ['slack-token', ['xo', 'xb-'], DIGITS, 24],
  ['stripe-key', ['sk', '_live_'], ALNUM, 24],
  ['stripe-webhook', ['wh', 'sec_'], ALNUM, 32],
  ['aws-key-id', ['AK', 'IA'], `${UPPER}${DIGITS}`, 16],
  ['npm-token', ['np', 'm_'], ALNUM, 36],
  ['huggingface-token', ['h', 'f_'], ALNUM, 34],
  ['groq-key', ['gs', 'k_'], ALNUM, 52],
  ['xai-key', ['xa', 'i-'], ALNUM, 80],
  ['langfuse-key', ['sk', '-lf-'], HEX, 32],
  ['langsmith-key', ['ls', 'v2_pt_'], HEX, 42],
  ['databricks-token', ['da', 'pi'], HEX, 32],
  ['shopify-token', ['shp', 'at_'], HEX, 32],
  ['twilio-key', ['S', 'K'], HEX, 32],
  ['digitalocean-token', ['do', 'p_v1_'], HEX, 64],
];

const base64 = (text: string): string => Buffer.from(text).toString('base64url');

type Maker = (random: Random) => Canary;

const whole = (kind: string, sensitivity: Canary['sensitivity'], text: string): Canary => ({
  kind,
  sensitivity,
  text,
  hidden: text,
});

const named = (kind: string, write: (value: string) => string, alphabet = ALNUM, length = 18): Maker => {
  return (random) => {
    const hidden = someOf(random, alphabet, length);
    return { kind, sensitivity: 'secret', text: write(hidden), hidden };
  };
};

const MAKERS: readonly Maker[] = [
  ...VENDORS.map(
    ([kind, prefix, alphabet, length]): Maker =>
      (random) =>
        whole(kind, 'secret', `${prefix.join('')}${someOf(random, alphabet, length)}`),
  ),
  (random) => {
    const parts = [`{"alg":"HS256"}`, `{"sub":"${someOf(random, ALNUM, 12)}"}`].map(base64);
    return whole('jwt', 'secret', `${parts.join('.')}.${someOf(random, ALNUM, 43)}`);
  },
  (random) => {
    const body = Array.from({ length: 4 }, () => someOf(random, ALNUM, 64));
    const label = ['PRIVATE', 'KEY'].join(' ');
    const text = `-----BEGIN ${label}-----\n${body.join('\n')}\n-----END ${label}-----`;
    return { kind: 'private-key', sensitivity: 'secret', text, hidden: body[2] ?? '' };
  },
  named('url-password', (value) => `postgres://app:${value}@db.internal:5432/main`),
  named('url-password', (value) => `mongodb+srv://app:${value}@cluster0.example.net/?retryWrites=true`),
  named('url-password', (value) => `https://app:${value}@example.com/v1`),
  named('assignment', (value) => `Server=db;User Id=app;Password=${value};Encrypt=true`),
  named('assignment', (value) => `AWS_SECRET_ACCESS_KEY=${value}`, `${ALNUM}/+`, 40),
  named('assignment', (value) => `DefaultEndpointsProtocol=https;AccountKey=${value}==;EndpointSuffix=x`, ALNUM, 86),
  named('assignment', (value) => `DD_API_KEY=${value}`, HEX, 32),
  named('assignment', (value) => `password: ${value}`),
  named('assignment', (value) => `Authorization: Bearer ${value}`),
  named('assignment', (value) => `Cookie: theme=dark; sid=${value}`),
  named('assignment', (value) => `PHPSESSID=${value}`, ALNUM, 26),
  (random) =>
    whole(
      'email',
      'personal',
      `${someOf(random, LOWER, 6)}.${someOf(random, LOWER, 5)}+tag@${someOf(random, LOWER, 7)}.example`,
    ),
  (random) => whole('email', 'personal', `j${someOf(random, LOWER, 6)}@bücher-${someOf(random, LOWER, 4)}.de`),
  (random) => whole('phone', 'personal', `+44 20 ${someOf(random, DIGITS, 4)} ${someOf(random, DIGITS, 4)}`),
  (random) => whole('phone', 'personal', `+49${1 + random(9)}${someOf(random, DIGITS, 9)}`),
  (random) =>
    whole(
      'phone',
      'personal',
      `(${2 + random(8)}${someOf(random, DIGITS, 2)}) 5${someOf(random, DIGITS, 2)}-${someOf(random, DIGITS, 4)}`,
    ),
  (random) => whole('card', 'personal', grouped(withLuhn(`4${someOf(random, DIGITS, 14)}`), [4, 4, 4, 4], ' ')),
  (random) => whole('card', 'personal', withLuhn(`53${someOf(random, DIGITS, 13)}`)),
  (random) => whole('card', 'personal', grouped(withLuhn(`37${someOf(random, DIGITS, 12)}`), [4, 6, 5], '-')),
  (random) => whole('iban', 'personal', ibanOf('DE', someOf(random, DIGITS, 18))),
  (random) => whole('iban', 'personal', grouped(ibanOf('FR', someOf(random, DIGITS, 23)), [4, 4, 4, 4, 4, 4, 3], ' ')),
];

/** So many canaries, class by class in turn, the same for the same seed. */
export function createCanaries(seed: number, count = 200): readonly Canary[] {
  const random = randomOf(seed);
  return Array.from(Array(count).keys(), (index) => {
    const make = MAKERS[index % MAKERS.length];
    if (make === undefined) throw new Error(`no maker ${index}`);
    return make(random);
  });
}
