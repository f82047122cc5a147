import type { Random } from '../canaries.js';
import { grouped, ibanOf, someOf, withLuhn } from '../canaries.js';
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
const CAPS = `${UPPER}${DIGITS}`;

// Prefixes are put together here, so that no scanner takes this file for a leak.
const VENDORS: readonly (readonly [kind: string, prefix: readonly string[], alphabet: string, length: number])[] = [
  ['anthropic-key', ['sk', '-ant-', 'api03-'], ALNUM, 80],
  ['openai-key', ['sk', '-proj-'], ALNUM, 60],
  ['openai-key', ['sk', '-'], ALNUM, 48],
  ['openrouter-key', ['sk', '-or-v1-'], HEX, 64],
  ['langfuse-key', ['sk', '-lf-'], HEX, 32],
  ['google-key', ['AI', 'za'], ALNUM, 35],
  ['google-oauth', ['ya', '29.'], ALNUM, 60],
  ['github-token', ['gh', 'p_'], ALNUM, 36],
  ['github-token', ['github', '_pat_'], ALNUM, 60],
  ['gitlab-token', ['gl', 'pat-'], ALNUM, 20],
  ['slack-token', ['xo', 'xb-'], DIGITS, 24],
  ['slack-webhook', ['https://hooks.slack', '.com/services/'], CAPS, 30],
  ['stripe-key', ['sk', '_live_'], ALNUM, 24],
  ['stripe-webhook', ['wh', 'sec_'], ALNUM, 32],
  ['aws-key-id', ['AK', 'IA'], CAPS, 16],
  ['sendgrid-key', ['S', 'G.'], ALNUM, 66],
  ['twilio-key', ['S', 'K'], HEX, 32],
  ['npm-token', ['np', 'm_'], ALNUM, 36],
  ['pypi-token', ['py', 'pi-'], ALNUM, 80],
  ['rubygems-key', ['ruby', 'gems_'], HEX, 48],
  ['huggingface-token', ['h', 'f_'], ALNUM, 34],
  ['groq-key', ['gs', 'k_'], ALNUM, 52],
  ['xai-key', ['xa', 'i-'], ALNUM, 80],
  ['replicate-token', ['r', '8_'], ALNUM, 37],
  ['perplexity-key', ['pp', 'lx-'], ALNUM, 48],
  ['nvidia-key', ['nv', 'api-'], ALNUM, 64],
  ['together-key', ['tgp', '_v1_'], ALNUM, 43],
  ['tavily-key', ['tv', 'ly-'], ALNUM, 32],
  ['pinecone-key', ['pc', 'sk_'], ALNUM, 60],
  ['langsmith-key', ['ls', 'v2_pt_'], HEX, 42],
  ['digitalocean-token', ['do', 'p_v1_'], HEX, 64],
  ['databricks-token', ['da', 'pi'], HEX, 32],
  ['shopify-token', ['shp', 'at_'], HEX, 32],
  ['square-token', ['sq0', 'atp-'], ALNUM, 22],
  ['mailgun-key', ['ke', 'y-'], HEX, 32],
  ['newrelic-key', ['NR', 'AK-'], CAPS, 27],
  ['docker-token', ['dckr', '_pat_'], ALNUM, 27],
  ['postman-key', ['PM', 'AK-'], HEX, 59],
  ['linear-key', ['lin', '_api_'], ALNUM, 40],
  ['notion-token', ['nt', 'n_'], ALNUM, 46],
  ['figma-token', ['fi', 'gd_'], ALNUM, 40],
  ['vault-token', ['hv', 's.'], ALNUM, 90],
  ['doppler-token', ['dp', '.pt.'], ALNUM, 43],
  ['sentry-token', ['sntr', 'yu_'], HEX, 64],
  ['grafana-token', ['gl', 'sa_'], ALNUM, 41],
  ['atlassian-token', ['ATA', 'TT3'], ALNUM, 80],
  ['pulumi-token', ['pu', 'l-'], HEX, 40],
  ['supabase-key', ['sb', 'p_'], HEX, 40],
  ['dynatrace-token', ['dt0', 'c01.'], CAPS, 89],
  ['posthog-key', ['ph', 'c_'], ALNUM, 43],
  ['age-key', ['AGE-SECRET', '-KEY-1'], CAPS, 58],
];

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

function email(random: Random): Canary {
  const parts = [`${someOf(random, LOWER, 6)}.${someOf(random, LOWER, 5)}`, someOf(random, LOWER, 12)];
  return { kind: 'email', sensitivity: 'personal', text: `${parts[0]}+tag@${parts[1]}.example`, parts };
}

/** What the user's own pattern of the check looks for. */
export const USER_PATTERN = /\bCUST-[0-9a-f]{20}\b/;

/** Every class that the reference documents; some in several forms. */
export const CANARY_CLASSES: readonly CanaryClass[] = [
  ...VENDORS.map(([kind, prefix, alphabet, length]): CanaryClass =>
    named(kind, (value) => `${prefix.join('')}${value}`, alphabet, length),
  ),
  jwt,
  privateKey,
  basicAuth,
  telegram,
  discord,
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
