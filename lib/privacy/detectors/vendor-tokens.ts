import { CHARACTERS, endOf, isOf } from './characters.js';
import type { Finding } from './finding.js';

const { alnum, hex, upper, word, base64, dotted } = CHARACTERS;

interface Vendor {
  readonly kind: string;
  readonly prefixes: readonly string[];
  readonly set: number;
  /** Characters after the prefix, at least. */
  readonly min: number;
  /**
   * A prefix that words have as well: among the next characters has to be a digit, in `mixed` also a small and a capital letter, in
   * `cased` a digit or both letters; what is no `slug` has a digit, and more than words between its dashes.
   */
  readonly among?: 'digit' | 'mixed' | 'cased' | 'slug';
  /** No more characters either. */
  readonly isExact?: boolean;
}

/** How the tokens of vendors begin, and what they are made of. */
export const VENDORS: readonly Vendor[] = [
  { kind: 'anthropic-key', prefixes: ['sk-ant-'], set: word, min: 20 },
  { kind: 'openai-key', prefixes: ['sk-proj-', 'sk-svcacct-', 'sk-admin-'], set: word, min: 20 },
  { kind: 'openrouter-key', prefixes: ['sk-or-v1-'], set: hex, min: 32 },
  { kind: 'langfuse-key', prefixes: ['sk-lf-', 'pk-lf-'], set: word, min: 20 },
  { kind: 'openai-key', prefixes: ['sk-'], set: word, min: 20, among: 'slug' },
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
    among: 'digit',
  },
  { kind: 'slack-webhook', prefixes: ['hooks.slack.com/services/'], set: base64, min: 20 },
  {
    kind: 'discord-webhook',
    prefixes: ['discord.com/api/webhooks/', 'discordapp.com/api/webhooks/'],
    set: base64,
    min: 40,
  },
  { kind: 'stripe-key', prefixes: ['sk_live_', 'rk_live_', 'sk_test_', 'rk_test_'], set: alnum, min: 16 },
  { kind: 'stripe-webhook', prefixes: ['whsec_'], set: base64, min: 20 },
  { kind: 'aws-key-id', prefixes: ['AKIA', 'ASIA', 'ABIA', 'ACCA'], set: upper, min: 16 },
  { kind: 'sendgrid-key', prefixes: ['SG.'], set: dotted, min: 40 },
  { kind: 'twilio-key', prefixes: ['SK'], set: hex, min: 32, isExact: true },
  { kind: 'npm-token', prefixes: ['npm_'], set: alnum, min: 30 },
  { kind: 'pypi-token', prefixes: ['pypi-'], set: word, min: 40 },
  { kind: 'rubygems-key', prefixes: ['rubygems_'], set: hex, min: 40 },
  { kind: 'huggingface-token', prefixes: ['hf_', 'api_org_'], set: alnum, min: 30, among: 'cased' },
  { kind: 'groq-key', prefixes: ['gsk_'], set: alnum, min: 30 },
  { kind: 'xai-key', prefixes: ['xai-'], set: word, min: 40, among: 'digit' },
  { kind: 'replicate-token', prefixes: ['r8_'], set: alnum, min: 30 },
  { kind: 'perplexity-key', prefixes: ['pplx-'], set: alnum, min: 30 },
  { kind: 'nvidia-key', prefixes: ['nvapi-'], set: word, min: 40 },
  { kind: 'together-key', prefixes: ['tgp_v1_'], set: word, min: 30 },
  { kind: 'tavily-key', prefixes: ['tvly-'], set: word, min: 20, among: 'digit' },
  { kind: 'pinecone-key', prefixes: ['pcsk_'], set: word, min: 30 },
  { kind: 'langsmith-key', prefixes: ['lsv2_', 'ls__'], set: word, min: 30 },
  { kind: 'digitalocean-token', prefixes: ['dop_v1_', 'doo_v1_', 'dor_v1_'], set: hex, min: 40 },
  { kind: 'databricks-token', prefixes: ['dapi'], set: hex, min: 32 },
  { kind: 'shopify-token', prefixes: ['shpat_', 'shpca_', 'shppa_', 'shpss_'], set: hex, min: 32 },
  { kind: 'square-token', prefixes: ['EAAA', 'sq0atp-', 'sq0csp-'], set: word, min: 22, among: 'digit' },
  { kind: 'mailgun-key', prefixes: ['key-'], set: hex, min: 32 },
  { kind: 'newrelic-key', prefixes: ['NRAK-', 'NRII-', 'NRJS-', 'NRAA-', 'NRIQ-'], set: word, min: 19 },
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
  { kind: 'google-oauth', prefixes: ['1//0'], set: word, min: 20, among: 'mixed' },
  { kind: 'aws-session-token', prefixes: ['FwoGZXIvYXdz', 'IQoJb3JpZ2lu'], set: base64, min: 40 },
  { kind: 'bedrock-key', prefixes: ['ABSK', 'bedrock-api-key-'], set: base64, min: 60 },
  { kind: 'elevenlabs-key', prefixes: ['sk_'], set: hex, min: 40 },
  { kind: 'voyage-key', prefixes: ['pa-'], set: word, min: 40, among: 'mixed' },
  { kind: 'cerebras-key', prefixes: ['csk-'], set: alnum, min: 40 },
  { kind: 'fireworks-key', prefixes: ['fw_'], set: alnum, min: 20, among: 'mixed' },
  { kind: 'jina-key', prefixes: ['jina_'], set: word, min: 40 },
  { kind: 'llamacloud-key', prefixes: ['llx-'], set: alnum, min: 40 },
  { kind: 'firecrawl-key', prefixes: ['fc-'], set: hex, min: 32 },
  { kind: 'wandb-key', prefixes: ['wandb_v1_'], set: word, min: 40 },
  { kind: 'planetscale-token', prefixes: ['pscale_tkn_', 'pscale_pw_', 'pscale_oauth_'], set: dotted, min: 30 },
  { kind: 'neon-key', prefixes: ['napi_'], set: alnum, min: 40 },
  { kind: 'hubspot-token', prefixes: ['pat-na1-', 'pat-na2-', 'pat-eu1-', 'pat-ap1-'], set: word, min: 32 },
  { kind: 'twilio-account', prefixes: ['AC'], set: hex, min: 32, isExact: true },
  { kind: 'facebook-token', prefixes: ['EAA'], set: alnum, min: 40, among: 'mixed' },
  { kind: 'bitbucket-token', prefixes: ['BBDC-'], set: base64, min: 40 },
  { kind: 'circleci-token', prefixes: ['CCIPAT_', 'CCIPRJ_'], set: word, min: 30 },
  { kind: 'buildkite-token', prefixes: ['bkua_'], set: hex, min: 40 },
  { kind: 'snyk-token', prefixes: ['snyk_uat.', 'snyk_sat.'], set: dotted, min: 30 },
  { kind: 'fly-token', prefixes: ['fm2_', 'fm1r_', 'fm1a_', 'fo1_'], set: base64, min: 40 },
  { kind: 'render-key', prefixes: ['rnd_'], set: alnum, min: 28 },
  { kind: 'heroku-key', prefixes: ['HRKU-'], set: word, min: 32 },
  { kind: 'vercel-token', prefixes: ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'], set: alnum, min: 24, among: 'mixed' },
  { kind: 'vercel-token', prefixes: ['vercel_blob_rw_'], set: word, min: 30 },
  { kind: 'netlify-token', prefixes: ['nfp_', 'nfc_', 'nfo_', 'nfu_'], set: alnum, min: 36 },
  { kind: 'cloudflare-key', prefixes: ['v1.0-'], set: word, min: 100 },
  { kind: 'intercom-token', prefixes: ['dG9rO'], set: base64, min: 40 },
  { kind: 'brevo-key', prefixes: ['xkeysib-', 'xsmtpsib-'], set: word, min: 60 },
  { kind: 'resend-key', prefixes: ['re_'], set: word, min: 24, among: 'mixed' },
  {
    kind: 'plaid-token',
    prefixes: ['access-sandbox-', 'access-development-', 'access-production-'],
    set: word,
    min: 36,
  },
  { kind: 'contentful-token', prefixes: ['CFPAT-'], set: word, min: 40 },
  { kind: 'typeform-token', prefixes: ['tfp_'], set: word, min: 40 },
  { kind: 'prefect-key', prefixes: ['pnu_'], set: alnum, min: 36 },
  { kind: 'sourcegraph-token', prefixes: ['sgp_'], set: word, min: 40 },
  { kind: 'razorpay-key', prefixes: ['rzp_live_', 'rzp_test_'], set: alnum, min: 14 },
  { kind: 'onepassword-token', prefixes: ['ops_eyJ'], set: base64, min: 60 },
  { kind: 'age-key', prefixes: ['AGE-SECRET-KEY-1'], set: upper, min: 50 },
];

interface Rule {
  readonly kind: string;
  readonly prefix: string;
  /** Most prefixes of one beginning differ there; 0 where the prefix is shorter. */
  readonly fourth: number;
  readonly set: number;
  readonly min: number;
  readonly among: Vendor['among'];
  readonly isExact: boolean;
}

const pairOf = (text: string, at: number): number => text.charCodeAt(at) * 128 + text.charCodeAt(at + 1);

const RULES: (Rule[] | undefined)[] = Array.from({ length: 128 * 128 });
for (const { kind, prefixes, set, min, among, isExact = false } of VENDORS) {
  for (const prefix of prefixes) {
    const pair = pairOf(prefix, 0);
    const rules = RULES[pair];
    const rule = { kind, prefix, fourth: prefix.charCodeAt(3) || 0, set, min, among, isExact };
    if (rules === undefined) RULES[pair] = [rule];
    else rules.push(rule);
  }
}
// `sk-ant-` has to be asked for before `sk-`.
for (const rules of RULES) rules?.sort((one, other) => other.prefix.length - one.prefix.length);

function hasDigit(text: string, from: number, set: number): boolean {
  for (let at = from; at < from + SOON; at++) {
    const code = text.charCodeAt(at);
    if (isOf(code, CHARACTERS.digit)) return true;
    if (!isOf(code, set)) return false;
  }
  return false;
}

function isMixed(text: string, from: number, set: number): boolean {
  const body = text.slice(from, endOf(text, from, set, from + SOON));
  return /[a-z]/.test(body) && /[A-Z]/.test(body);
}

// `learn-pipeline-version2-abc`
const SLUG = /^[a-z]{1,20}\d{0,4}(?:-(?:[a-z]{1,20}\d{0,4}|\d{1,4})){1,32}-?$/;
const SLUG_CHARS = 96;

function isLikely(text: string, body: number, set: number, among: Vendor['among'], lastDigit: number): boolean {
  if (among === undefined) return true;
  const isNumbered = lastDigit >= body && hasDigit(text, body, set);
  if (among === 'cased') return isNumbered || isMixed(text, body, set);
  if (!isNumbered) return false;
  if (among === 'slug') return !SLUG.test(text.slice(body, endOf(text, body, set, body + SLUG_CHARS)));
  return among === 'digit' || isMixed(text, body, set);
}

// A token that is longer than its vendor makes them is one nevertheless.
const MAX_CHARS = 2048;
// Where a random token has a digit at the latest.
const SOON = 64;

/** The vendor's token that begins at `at`, if one does; the last digit of its stretch stands at `lastDigit`. */
export function vendorTokenAt(text: string, at: number, lastDigit: number): Finding | undefined {
  const rules = RULES[pairOf(text, at)];
  if (rules === undefined) return undefined;
  const code = text.charCodeAt(at + 3);
  for (const { kind, prefix, fourth, set, min, among, isExact } of rules) {
    if ((fourth !== 0 && fourth !== code) || !text.startsWith(prefix, at)) continue;
    const body = at + prefix.length;
    if (endOf(text, body, set, body + min) < body + min) continue;
    if (isExact && isOf(text.charCodeAt(body + min), word)) continue;
    if (!isLikely(text, body, set, among, lastDigit)) continue;
    return { start: at, end: endOf(text, body, set, body + MAX_CHARS), kind, sensitivity: 'secret' };
  }
  return undefined;
}
