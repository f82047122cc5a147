import { CHARACTERS, endOf, isOf } from './characters.js';
import type { Finding } from './finding.js';

const { alnum, hex, upper, word, base64, dotted } = CHARACTERS;

interface Vendor {
  readonly kind: string;
  readonly prefixes: readonly string[];
  readonly set: number;
  /** Characters after the prefix, at least. */
  readonly min: number;
  /** A prefix that words have as well: a digit has to be among the next characters. */
  readonly digit?: true;
}

/** How the tokens of vendors begin, and what they are made of. */
export const VENDORS: readonly Vendor[] = [
  { kind: 'anthropic-key', prefixes: ['sk-ant-'], set: word, min: 20 },
  { kind: 'openai-key', prefixes: ['sk-proj-', 'sk-svcacct-', 'sk-admin-'], set: word, min: 20 },
  { kind: 'openrouter-key', prefixes: ['sk-or-v1-'], set: hex, min: 32 },
  { kind: 'langfuse-key', prefixes: ['sk-lf-', 'pk-lf-'], set: word, min: 20 },
  { kind: 'openai-key', prefixes: ['sk-'], set: word, min: 20, digit: true },
  { kind: 'google-key', prefixes: ['AIza'], set: word, min: 30 },
  { kind: 'google-oauth', prefixes: ['ya29.', 'GOCSPX-'], set: dotted, min: 20 },
  { kind: 'github-token', prefixes: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], set: alnum, min: 30 },
  { kind: 'github-token', prefixes: ['github_pat_'], set: word, min: 30 },
  { kind: 'gitlab-token', prefixes: ['glpat-', 'gldt-', 'glrt-', 'glcbt-', 'glptt-', 'glft-'], set: dotted, min: 18 },
  {
    kind: 'slack-token',
    prefixes: ['xoxb-', 'xoxa-', 'xoxp-', 'xoxr-', 'xoxs-', 'xoxe-', 'xoxe.', 'xoxc-', 'xoxd-', 'xapp-'],
    set: dotted,
    min: 12,
    digit: true,
  },
  { kind: 'slack-webhook', prefixes: ['hooks.slack.com/services/'], set: base64, min: 20 },
  { kind: 'stripe-key', prefixes: ['sk_live_', 'rk_live_', 'sk_test_', 'rk_test_'], set: alnum, min: 16 },
  { kind: 'stripe-webhook', prefixes: ['whsec_'], set: base64, min: 20 },
  { kind: 'aws-key-id', prefixes: ['AKIA', 'ASIA', 'ABIA', 'ACCA'], set: upper, min: 16 },
  { kind: 'sendgrid-key', prefixes: ['SG.'], set: dotted, min: 40 },
  { kind: 'twilio-key', prefixes: ['SK'], set: hex, min: 32 },
  { kind: 'npm-token', prefixes: ['npm_'], set: alnum, min: 30 },
  { kind: 'pypi-token', prefixes: ['pypi-'], set: word, min: 40 },
  { kind: 'rubygems-key', prefixes: ['rubygems_'], set: hex, min: 40 },
  { kind: 'huggingface-token', prefixes: ['hf_', 'api_org_'], set: alnum, min: 30 },
  { kind: 'groq-key', prefixes: ['gsk_'], set: alnum, min: 30 },
  { kind: 'xai-key', prefixes: ['xai-'], set: word, min: 40, digit: true },
  { kind: 'replicate-token', prefixes: ['r8_'], set: alnum, min: 30 },
  { kind: 'perplexity-key', prefixes: ['pplx-'], set: alnum, min: 30 },
  { kind: 'nvidia-key', prefixes: ['nvapi-'], set: word, min: 40 },
  { kind: 'together-key', prefixes: ['tgp_v1_'], set: word, min: 30 },
  { kind: 'tavily-key', prefixes: ['tvly-'], set: word, min: 20, digit: true },
  { kind: 'pinecone-key', prefixes: ['pcsk_'], set: word, min: 30 },
  { kind: 'langsmith-key', prefixes: ['lsv2_', 'ls__'], set: word, min: 30 },
  { kind: 'digitalocean-token', prefixes: ['dop_v1_', 'doo_v1_', 'dor_v1_'], set: hex, min: 40 },
  { kind: 'databricks-token', prefixes: ['dapi'], set: hex, min: 32 },
  { kind: 'shopify-token', prefixes: ['shpat_', 'shpca_', 'shppa_', 'shpss_'], set: hex, min: 32 },
  { kind: 'square-token', prefixes: ['EAAA', 'sq0atp-', 'sq0csp-'], set: word, min: 22, digit: true },
  { kind: 'mailgun-key', prefixes: ['key-'], set: hex, min: 32 },
  { kind: 'newrelic-key', prefixes: ['NRAK-', 'NRII-', 'NRJS-'], set: word, min: 19 },
  { kind: 'docker-token', prefixes: ['dckr_pat_'], set: word, min: 20 },
  { kind: 'postman-key', prefixes: ['PMAK-'], set: word, min: 30 },
  { kind: 'linear-key', prefixes: ['lin_api_'], set: alnum, min: 30 },
  { kind: 'notion-token', prefixes: ['ntn_', 'secret_'], set: alnum, min: 40 },
  { kind: 'figma-token', prefixes: ['figd_'], set: word, min: 30 },
  { kind: 'vault-token', prefixes: ['hvs.', 'hvb.', 'hvr.'], set: word, min: 24 },
  { kind: 'doppler-token', prefixes: ['dp.pt.', 'dp.st.', 'dp.ct.', 'dp.sa.'], set: dotted, min: 40 },
  { kind: 'sentry-token', prefixes: ['sntrys_', 'sntryu_'], set: base64, min: 40 },
  { kind: 'grafana-token', prefixes: ['glsa_', 'glc_'], set: word, min: 32 },
  { kind: 'atlassian-token', prefixes: ['ATATT3', 'ATCTT3', 'ATBB'], set: word, min: 24 },
  { kind: 'pulumi-token', prefixes: ['pul-'], set: hex, min: 40 },
  { kind: 'supabase-key', prefixes: ['sbp_', 'sb_secret_'], set: word, min: 30 },
  { kind: 'dynatrace-token', prefixes: ['dt0c01.'], set: dotted, min: 60 },
  { kind: 'posthog-key', prefixes: ['phc_', 'phx_'], set: alnum, min: 32 },
  { kind: 'age-key', prefixes: ['AGE-SECRET-KEY-1'], set: upper, min: 50 },
];

interface Rule {
  readonly kind: string;
  readonly prefix: string;
  readonly set: number;
  readonly min: number;
  readonly digit: boolean;
}

const pairOf = (text: string, at: number): number => text.charCodeAt(at) * 128 + text.charCodeAt(at + 1);

const RULES: (Rule[] | undefined)[] = Array.from({ length: 128 * 128 });
for (const { kind, prefixes, set, min, digit = false } of VENDORS) {
  for (const prefix of prefixes) {
    const pair = pairOf(prefix, 0);
    const rules = RULES[pair];
    const rule = { kind, prefix, set, min, digit };
    if (rules === undefined) RULES[pair] = [rule];
    else rules.push(rule);
  }
}
// `sk-ant-` has to be asked for before `sk-`.
for (const rules of RULES) rules?.sort((one, other) => other.prefix.length - one.prefix.length);

function hasDigit(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (isOf(text.charCodeAt(at), CHARACTERS.digit)) return true;
  return false;
}

// A token that is longer than its vendor makes them is one nevertheless.
const MAX_CHARS = 2048;
// Where a random token has a digit at the latest.
const DIGIT_WITHIN = 64;

/** The vendor's token that begins at `at`, if one does. */
export function vendorTokenAt(text: string, at: number): Finding | undefined {
  const rules = RULES[pairOf(text, at)];
  if (rules === undefined) return undefined;
  for (const { kind, prefix, set, min, digit } of rules) {
    if (!text.startsWith(prefix, at)) continue;
    const body = at + prefix.length;
    if (endOf(text, body, set, body + min) < body + min) continue;
    if (digit && !hasDigit(text, body, endOf(text, body, set, body + DIGIT_WITHIN))) continue;
    return { start: at, end: endOf(text, body, set, body + MAX_CHARS), kind, sensitivity: 'secret' };
  }
  return undefined;
}
