import type { Sensitivity } from './finding.js';
import { NATIONAL_IDS } from './national-ids.js';

/** One class of what is found, as its reference lists it. */
export interface KnownDetector {
  readonly kind: string;
  readonly sensitivity: Sensitivity;
  readonly title: string;
  /** The pack that it is looked for with; without one always. */
  readonly pack?: string;
}

const SECRETS: Readonly<Record<string, string>> = {
  'private-key': 'Private keys in PEM or PGP armour',
  jwt: 'JSON Web Tokens',
  bearer: 'What follows `Bearer`',
  'basic-auth': 'What follows `Basic`',
  'url-password': 'Passwords of URLs and connection strings: `scheme://user:password@host`, `scheme://token@host`',
  assignment:
    'Values of sensitive names: `password=…`, `"api_key": "…"`, `Authorization: …`, `Cookie: …`, `<secret>…</secret>`, ' +
    '`{"name":"cookie","value":"…"}`, `["x-api-key","…"]`, `<input name="password" value="…">`, `--password …`, `curl -u name:…`, `password -> …`, ' +
    'cells of tables, the line behind',
  pattern: "The user's own patterns",
  'anthropic-key': 'Anthropic: `sk-ant-…`',
  'openai-key': 'OpenAI: `sk-…`, `sk-proj-…`, `sk-svcacct-…`, `sk-admin-…`',
  'openrouter-key': 'OpenRouter: `sk-or-v1-…`',
  'langfuse-key': 'Langfuse: `sk-lf-…`, `pk-lf-…`',
  'google-key': 'Google API keys: `AIza…`',
  'github-token': 'GitHub: `ghp_…`, `gho_…`, `ghu_…`, `ghs_…`, `ghr_…`, `github_pat_…`',
  'gitlab-token': 'GitLab: `glpat-…`, `gldt-…`, `glrt-…`, `glcbt-…`, `glptt-…`, `glft-…`',
  'slack-token': 'Slack: `xoxb-…` and its kin, `xapp-…`',
  'discord-webhook': 'Discord webhooks: `discord.com/api/webhooks/…`',
  'slack-webhook': 'Slack webhooks: `hooks.slack.com/services/…`',
  'stripe-key': 'Stripe: `sk_live_…`, `rk_live_…`, `sk_test_…`, `rk_test_…`',
  'stripe-webhook': 'Stripe and Svix webhooks: `whsec_…`',
  'aws-key-id': 'AWS access key ids: `AKIA…`, `ASIA…`, `ABIA…`, `ACCA…`',
  'sendgrid-key': 'SendGrid: `SG.…`',
  'twilio-key': 'Twilio: `SK…`',
  'npm-token': 'npm: `npm_…`',
  'pypi-token': 'PyPI: `pypi-…`',
  'rubygems-key': 'RubyGems: `rubygems_…`',
  'huggingface-token': 'Hugging Face: `hf_…`, `api_org_…`',
  'groq-key': 'Groq: `gsk_…`',
  'xai-key': 'xAI: `xai-…`',
  'replicate-token': 'Replicate: `r8_…`',
  'perplexity-key': 'Perplexity: `pplx-…`',
  'nvidia-key': 'NVIDIA: `nvapi-…`',
  'together-key': 'Together: `tgp_v1_…`',
  'tavily-key': 'Tavily: `tvly-…`',
  'pinecone-key': 'Pinecone: `pcsk_…`',
  'langsmith-key': 'LangSmith: `lsv2_…`, `ls__…`',
  'digitalocean-token': 'DigitalOcean: `dop_v1_…`, `doo_v1_…`, `dor_v1_…`',
  'databricks-token': 'Databricks: `dapi…`',
  'telegram-token': 'Telegram bots: `<id>:…`',
  'discord-token': 'Discord bots',
  'shopify-token': 'Shopify: `shpat_…`, `shpca_…`, `shppa_…`, `shpss_…`',
  'square-token': 'Square: `EAAA…`, `sq0atp-…`, `sq0csp-…`',
  'mailgun-key': 'Mailgun: `key-…`',
  'newrelic-key': 'New Relic: `NRAK-…`, `NRII-…`, `NRJS-…`, `NRAA-…`, `NRIQ-…`, `…NRAL`',
  'docker-token': 'Docker: `dckr_pat_…`',
  'postman-key': 'Postman: `PMAK-…`',
  'linear-key': 'Linear: `lin_api_…`',
  'notion-token': 'Notion: `ntn_…`, `secret_…`',
  'figma-token': 'Figma: `figd_…`',
  'vault-token': 'HashiCorp Vault: `hvs.…`, `hvb.…`, `hvr.…`',
  'doppler-token': 'Doppler: `dp.pt.…`, `dp.st.…`, `dp.ct.…`, `dp.sa.…`',
  'sentry-token': 'Sentry: `sntrys_…`, `sntryu_…`',
  'grafana-token': 'Grafana: `glsa_…`, `glc_…`',
  'atlassian-token': 'Atlassian: `ATATT3…`, `ATCTT3…`, `ATBB…`',
  'pulumi-token': 'Pulumi: `pul-…`',
  'supabase-key': 'Supabase: `sbp_…`, `sb_secret_…`',
  'dynatrace-token': 'Dynatrace: `dt0c01.…`',
  'posthog-key': 'PostHog: `phc_…`, `phx_…`',
  'google-oauth': 'Google OAuth: `ya29.…`, `GOCSPX-…`, `1//0…`',
  'aws-session-token': 'AWS session tokens: `FwoGZXIvYXdz…`, `IQoJb3JpZ2lu…`',
  'bedrock-key': 'Amazon Bedrock: `ABSK…`, `bedrock-api-key-…`',
  'azure-key': 'Azure AI services: 84 letters and digits with `JQQJ99`',
  'azure-secret': 'Microsoft Entra client secrets: `…8Q~…`',
  'elevenlabs-key': 'ElevenLabs: `sk_…`',
  'voyage-key': 'Voyage: `pa-…`',
  'cerebras-key': 'Cerebras: `csk-…`',
  'fireworks-key': 'Fireworks: `fw_…`',
  'jina-key': 'Jina: `jina_…`',
  'llamacloud-key': 'LlamaCloud: `llx-…`',
  'firecrawl-key': 'Firecrawl: `fc-…`',
  'wandb-key': 'Weights & Biases: `wandb_v1_…`',
  'planetscale-token': 'PlanetScale: `pscale_tkn_…`, `pscale_pw_…`, `pscale_oauth_…`',
  'neon-key': 'Neon: `napi_…`',
  'airtable-token': 'Airtable: `pat….…`',
  'asana-token': 'Asana: `1/<id>:…`',
  'hubspot-token': 'HubSpot: `pat-na1-…`, `pat-na2-…`, `pat-eu1-…`, `pat-ap1-…`',
  'mailchimp-key': 'Mailchimp: `…-us12`',
  'twilio-account': 'Twilio account ids: `AC…`',
  'facebook-token': 'Facebook: `EAA…`',
  'bitbucket-token': 'Bitbucket: `BBDC-…`',
  'circleci-token': 'CircleCI: `CCIPAT_…`, `CCIPRJ_…`',
  'buildkite-token': 'Buildkite: `bkua_…`',
  'terraform-token': 'HCP Terraform: `….atlasv1.…`',
  'snyk-token': 'Snyk: `snyk_uat.…`, `snyk_sat.…`',
  'fly-token': 'Fly: `fm2_…`, `fm1r_…`, `fm1a_…`, `fo1_…`',
  'render-key': 'Render: `rnd_…`',
  'heroku-key': 'Heroku: `HRKU-…`',
  'vercel-token': 'Vercel: `vcp_…`, `vci_…`, `vca_…`, `vcr_…`, `vck_…`, `vercel_blob_rw_…`',
  'netlify-token': 'Netlify: `nfp_…`, `nfc_…`, `nfo_…`, `nfu_…`',
  'cloudflare-key': 'Cloudflare origin CA: `v1.0-…`',
  'okta-token': 'Okta: 42 characters that begin with `00`',
  'intercom-token': 'Intercom: `dG9rO…`',
  'brevo-key': 'Brevo: `xkeysib-…`, `xsmtpsib-…`',
  'resend-key': 'Resend: `re_…`',
  'plaid-token': 'Plaid: `access-sandbox-…`, `access-development-…`, `access-production-…`',
  'contentful-token': 'Contentful: `CFPAT-…`',
  'typeform-token': 'Typeform: `tfp_…`',
  'prefect-key': 'Prefect: `pnu_…`',
  'sourcegraph-token': 'Sourcegraph: `sgp_…`',
  'razorpay-key': 'Razorpay: `rzp_live_…`, `rzp_test_…`',
  'onepassword-token': '1Password: `ops_eyJ…`',
  'age-key': 'age: `AGE-SECRET-KEY-1…`',
};

const PERSONAL: Readonly<Record<string, string>> = {
  email: 'Email addresses',
  phone:
    'Phone numbers, international (`+…`, `00…` with separators) or with separators (with blanks alone behind a word as `call`) in the North American, British, French, German, Swiss, Japanese and Australian forms',
  card: 'Card numbers of the large networks, by their Luhn digit',
  iban: 'IBANs, by country, length and check digits',
};

const rows = (titles: Readonly<Record<string, string>>, sensitivity: Sensitivity): KnownDetector[] =>
  Object.entries(titles).map(([kind, title]) => ({ kind, sensitivity, title }));

/** Every class of what is found in texts. */
export const KNOWN_DETECTORS: readonly KnownDetector[] = [
  ...rows(SECRETS, 'secret'),
  ...rows(PERSONAL, 'personal'),
  ...Array.from(NATIONAL_IDS, ([pack, { title }]): KnownDetector => ({
    kind: pack,
    sensitivity: 'personal',
    title,
    pack,
  })),
];
