import { grouped, ibanOf, type Random, randomOf, withLuhn } from './canaries.js';

/** A made-up secret or piece of personal data, as its issuer's public pages describe it. */
export interface Sample {
  readonly title: string;
  /** How it stands in a text. */
  readonly text: string;
  /** What may not be read of it any more. */
  readonly hidden: string;
}

const DIGITS = '0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const ALNUM = `${UPPER}${LOWER}${DIGITS}`;
const WORD = `${ALNUM}_-`;
const HEX = `${DIGITS}abcdef`;
const BASE64 = `${ALNUM}+/`;
const SETS: Readonly<Record<string, string>> = {
  d: DIGITS,
  l: LOWER,
  u: UPPER,
  a: ALNUM,
  w: WORD,
  h: HEX,
  b: BASE64,
  c: `${UPPER}${DIGITS}`,
};

// `<a36>` is 36 letters and digits; the rest stands as it is. A prefix is broken by `|`, so that no scanner takes it for a leak.
const FORMS: readonly (readonly [title: string, form: string])[] = [
  ['OpenAI project', 's|k-proj-<w74>T3Blbk<w74>'],
  ['OpenAI legacy', 's|k-<a20>T3BlbkFJ<a20>'],
  ['OpenAI service account', 's|k-svcacct-<w60>'],
  ['OpenAI admin', 's|k-admin-<w60>'],
  ['Anthropic', 's|k-ant-api03-<w93>AA'],
  ['Anthropic admin', 's|k-ant-admin01-<w93>AA'],
  ['OpenRouter', 's|k-or-v1-<h64>'],
  ['DeepSeek', 's|k-<h32>'],
  ['Google API', 'AI|zaSy<w33>'],
  ['Google OAuth client', 'GOC|SPX-<w28>'],
  ['Google access', 'ya|29.a0<w120>'],
  ['Groq', 'gs|k_<a52>'],
  ['xAI', 'xa|i-<a80>'],
  ['Hugging Face', 'h|f_<a34>'],
  ['Replicate', 'r|8_<a37>'],
  ['Perplexity', 'pp|lx-<a48>'],
  ['NVIDIA', 'nv|api-<w64>'],
  ['Together', 'tg|p_v1_<w43>'],
  ['Fireworks', 'f|w_3Za<a21>'],
  ['Voyage', 'p|a-<w20>aB7<w20>'],
  ['Jina', 'ji|na_<h32><w28>'],
  ['ElevenLabs', 's|k_<h48>'],
  ['Pinecone', 'pc|sk_<a6>_<a55>'],
  ['LangSmith', 'ls|v2_pt_<h32>_<h10>'],
  ['Langfuse', 's|k-lf-<h8>-<h4>-<h4>-<h4>-<h12>'],
  ['Tavily', 'tv|ly-dev-<a28>7'],
  ['W&B', 'WANDB_API_KEY=<h40>'],
  ['AWS key id', 'AK|IA<c16>'],
  ['AWS session key id', 'AS|IA<c16>'],
  ['AWS secret', 'aws_secret_access_key = <b40>'],
  ['Bedrock', 'AB|SK<b128>='],
  ['Azure storage', 'AccountKey=<b86>=='],
  ['Azure service bus', 'SharedAccessKey=<b43>='],
  ['Azure OpenAI by name', 'AZURE_OPENAI_API_KEY="<h32>"'],
  ['Azure AI', '<a52>JQ|QJ99<c26>'],
  ['Entra client secret', '<a3>8|Q~<w34>'],
  ['SAS', 'https://a.blob.core.windows.net/c?sv=2024-11-04&sig=<a42>%3D'],
  ['GitHub classic', 'gh|p_<a36>'],
  ['GitHub fine-grained', 'github|_pat_<a22>_<a59>'],
  ['GitHub app', 'gh|s_<a36>'],
  ['GitLab', 'gl|pat-<w20>'],
  ['Bitbucket app', 'AT|BB<a32>'],
  ['Bitbucket data center', 'BB|DC-<b44>'],
  ['Atlassian', 'AT|ATT3xFfGF0<w180>'],
  ['Slack bot', 'xo|xb-<d12>-<d13>-<a24>'],
  ['Slack app', 'xa|pp-1-A<c10>-<d13>-<h64>'],
  ['Slack webhook', 'https://hooks.slack|.com/services/T<c10>/B<c10>/<a24>'],
  ['Stripe live', 's|k_live_51<a97>'],
  ['Stripe restricted', 'r|k_live_51<a97>'],
  ['Stripe webhook', 'wh|sec_<a32>'],
  ['Twilio key', 'S|K<h32>'],
  ['Twilio token by name', 'TWILIO_AUTH_TOKEN=<h32>'],
  ['SendGrid', 'S|G.<w22>.<w43>'],
  ['Mailgun', 'ke|y-<h32>'],
  ['Mailchimp', '<h32>-|us12'],
  ['Brevo', 'xkey|sib-<h64>-<a16>'],
  ['Resend', 'r|e_7aB<a6>_<a21>'],
  ['npm', 'np|m_<a36>'],
  ['PyPI', 'py|pi-AgEIcHlwaS5vcmc<w150>'],
  ['RubyGems', 'ruby|gems_<h48>'],
  ['Docker', 'dckr|_pat_<w27>'],
  ['Databricks', 'da|pi<h32>'],
  ['DigitalOcean', 'do|p_v1_<h64>'],
  ['Heroku by name', 'HEROKU_API_KEY=<h8>-<h4>-<h4>-<h4>-<h12>'],
  ['Heroku', 'HR|KU-AA<w58>'],
  ['Vercel by name', 'VERCEL_TOKEN=<a24>'],
  ['Netlify', 'nf|p_<a36>'],
  ['Cloudflare by name', 'CLOUDFLARE_API_TOKEN: <w40>'],
  ['Okta', '0|0aB<w38>'],
  ['Auth0 by name', 'AUTH0_CLIENT_SECRET=<w64>'],
  ['PlanetScale', 'ps|cale_tkn_<w43>'],
  ['Neon', 'na|pi_<a64>'],
  ['Airtable', 'pa|t<a14>.<h64>'],
  ['Asana', '1/<d16>|:<h32>'],
  ['HubSpot', 'pa|t-na1-<h8>-<h4>-<h4>-<h4>-<h12>'],
  ['Intercom', 'dG|9rOj<b52>'],
  ['Facebook', 'EA|ACEdEose0cBA<a120>'],
  ['CircleCI', 'CC|IPAT_<a22>_<h40>'],
  ['Buildkite', 'bk|ua_<h40>'],
  ['Terraform', '<a14>.at|lasv1.<w67>'],
  ['Snyk by name', 'SNYK_TOKEN=<h8>-<h4>-<h4>-<h4>-<h12>'],
  ['Fly', 'FlyV1 fm|2_<b120>'],
  ['Render', 'rn|d_<a32>'],
  ['Clerk', 's|k_test_<a40>'],
  ['Datadog by name', 'DD_API_KEY=<h32>'],
  ['New Relic user', 'NR|AK-<c27>'],
  ['New Relic licence', '<h36>NR|AL'],
  ['Notion', 'nt|n_<d11><a35>'],
  ['Linear', 'lin|_api_<a40>'],
  ['Figma', 'fig|d_<w40>'],
  ['Shopify', 'shp|at_<h32>'],
  ['Square', 'sq|0atp-<w22>'],
  ['Telegram', '<d10>:AA<w33>'],
  ['Discord', 'M<a23>.<w6>.<w27>'],
  ['Vault', 'hv|s.<w90>'],
  ['Doppler', 'dp.|pt.<a43>'],
  ['Sentry', 'sntr|yu_<h64>'],
  ['Grafana', 'gl|sa_<a32>_<h8>'],
  ['Supabase', 'sb|p_<h40>'],
  ['PostHog', 'ph|x_<a43>'],
  ['Postgres URL', 'postgresql://svc:<a20>@10.0.0.5:5432/app?sslmode=require'],
  ['MongoDB URL', 'mongodb+srv://svc:<a16>@c0.abcde.mongodb.net/app'],
  ['Redis URL', 'redis://:<a32>@cache:6379/1'],
  ['AMQP URL', 'amqps://svc:<a24>@mq.example.net/vh'],
  ['ADO.NET', 'Server=tcp:s.database.windows.net,1433;User ID=u;Password=<a18>;'],
  ['JDBC', 'jdbc:mysql://h:3306/d?user=root&password=<a14>&useSSL=true'],
  ['basic URL', 'https://deploy:<a24>@git.example.com/x.git'],
  ['Bearer', 'Authorization: Bearer <w48>'],
  ['header', 'x-api-key: <a32>'],
  ['subscription', 'Ocp-Apim-Subscription-Key: <h32>'],
  ['cookie', 'Cookie: _ga=GA1.2; connect.sid=s%3A<a32>.<a43>'],
  ['set-cookie', 'Set-Cookie: session=<a43>; Path=/; HttpOnly'],
  ['env', 'DATABASE_PASSWORD=<a20>'],
  ['YAML', 'password: "<a16>"'],
  ['INI', 'secret_key = <h64>'],
  ['code', "const apiKey = '<a40>';"],
  ['OAuth', 'refresh_token=<w64>&grant_type=refresh_token'],
  ['GCP key id', '"private_key_id": "<h40>"'],
  ['email', '<l6>.<l8>+<l3>@mail.<l7>.co.uk'],
  ['email of digits', '<l3><d4>@<l9>.io'],
  ['phone US', '+1 (4<d2>) 5<d2>-<d4>'],
  ['phone US plain', '2<d2>-5<d2>-<d4>'],
  ['phone UK', '+44 7<d3> <d6>'],
  ['phone DE', '+49 151 <d8>'],
  ['phone FR', '+33 6 <d2> <d2> <d2> <d2>'],
  ['phone IN', '+91 9<d4> <d5>'],
  ['phone JP', '+81 90-<d4>-<d4>'],
];

/** Fills a form; what is hidden is its longest filled part, or the whole where letters around it say what it is. */
function fill(title: string, form: string, random: Random): Sample {
  let hidden = '';
  const text = form.replaceAll('|', '').replaceAll(/<([a-z])(\d+)>/g, (...[, set = '', length = '']: string[]) => {
    const alphabet = SETS[set] ?? '';
    const part = Array.from({ length: Number(length) }, () => alphabet.charAt(random(alphabet.length))).join('');
    if (part.length > hidden.length) hidden = part;
    return part;
  });
  return { title, text, hidden: /email|phone/.test(title) ? text : hidden };
}

const CARDS: readonly (readonly [prefix: string, length: number, groups: readonly number[]])[] = [
  ['4', 16, [4, 4, 4, 4]],
  ['55', 16, [4, 4, 4, 4]],
  ['2221', 16, [4, 4, 4, 4]],
  ['34', 15, [4, 6, 5]],
  ['6011', 16, [4, 4, 4, 4]],
  ['3528', 16, [4, 4, 4, 4]],
  ['36', 14, [4, 6, 4]],
  ['62', 19, [6, 13]],
  ['4', 13, [4, 3, 3, 3]],
];

const IBANS: Readonly<Record<string, string>> = {
  DE: '<d18>',
  GB: 'NWBK<d14>',
  FR: '<d10><c11><d2>',
  NL: 'ABNA<d10>',
  ES: '<d20>',
  CH: '<d17>',
  NO: '<d11>',
  MT: 'MALT<d5><c18>',
};

function createPersonal(random: Random): Sample[] {
  const digits = (length: number): string => Array.from({ length }, () => String(random(10))).join('');
  const whole = (title: string, text: string): Sample => ({ title, text, hidden: text });
  const cards = CARDS.flatMap(([prefix, length, groups]) => {
    const card = withLuhn(`${prefix}${digits(length - prefix.length - 1)}`);
    return [whole('card', card), whole('card', grouped(card, groups, ' ')), whole('card', grouped(card, groups, '-'))];
  });
  const ibans = Object.entries(IBANS).flatMap(([country, form]) => {
    const iban = ibanOf(country, fill('', form, random).text);
    const spaced = iban.replaceAll(/.{4}(?=.)/g, '$& ');
    return [whole('iban', iban), whole('iban', spaced), whole('iban', iban.toLowerCase())];
  });
  return [...cards, ...ibans];
}

/** So many rounds of one sample of each form, the same for the same seed. */
export function createSamples(seed: number, rounds: number): readonly Sample[] {
  const random = randomOf(seed);
  return Array.from({ length: rounds }, () => [
    ...FORMS.map(([title, form]) => fill(title, form, random)),
    ...createPersonal(random),
  ]).flat();
}
