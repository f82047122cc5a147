/** How strong a name is: after `always` any value is a secret, after `opaque` one that no word is, after `header` the whole line. */
export type NameStrength = 'always' | 'opaque' | 'header';

/** What a name says of its value. */
export interface SensitiveName {
  /** How the name counts in a text; without one it counts as a key alone, where no prose can stand. */
  readonly strength?: NameStrength;
  /** What its value is as a key; without one the name counts in texts alone. */
  readonly asKey?: 'secret' | 'personal';
  /** It has to be a name, or a word of one: `user_otp`, `userOtp`. Others may be the end of any word: `GITHUBTOKEN`. */
  readonly isWord: boolean;
}

/** The rows of all names; their words may be written together, apart, or with any case. The reference lists them. */
export const SENSITIVE_NAMES = {
  always:
    'password, passwd, passwort, passphrase, pwd, db pass, pg pass, mysql pass, redis pass, smtp pass, user pass, secret, secret key, client secret, ' +
    'api key, app key, application key, access key, access key id, secret access key, private key, private key id, auth key, account key, ' +
    'service account key, shared access key, shared access signature, shared key, encryption key, signing key, master key, ssh key, license key, ' +
    'subscription key, storage key, functions key, session key, instrumentation key, credential, credentials, honeycomb team, uptrace dsn',
  opaque: 'token, jwt, pass',
  header: 'authorization, cookie, set cookie, set cookie2',
  textOnly: 'auth, sig, amz signature, sid, sess, sess id, secret id, password hash',
  cookie: 'connect sid, phpsessid, jsessionid',
  keyOnly:
    'access tokens, api keys, api tokens, auth tokens, refresh tokens, passwords, private keys, secrets, secret value, secret string, password confirmation, ' +
    'password hash, bearer, cookies, otp, totp, mfa code, one time code, verification code, recovery code, recovery codes, backup codes, ' +
    'passcode, x auth, sentry auth, database url, redis url, connection string, webhook url, dsn',
  personal:
    'bank account, bank account number, account iban, iban, card number, cc number, credit card, credit card number, debit card, cvc, cvc2, cvv, cvv2, ' +
    'date of birth, dob, driver license, drivers license, email address, mobile number, phone, phone number, telephone, mobile phone, cell phone, ' +
    'fax number, national id, passport, ' +
    'passport number, routing number, social security, social security number, ssn, tax id',
} as const;

// Tokens of language models, of pages and of parsers.
const OTHER_TOKENS =
  /(?:first|last|next|previous|prev|per|page|pagination|continuation|sync|cancellation|cancel|abort|stop|start|end|eos|bos|eot|pad|unk|sep|cls|mask|special|input|output|prompt|completion|max|min|total|count|cached|reasoning|each|every|generated|chosen|sampled|decoded|syntax|thetext|of|tofirst|single)token$/;
// Short names are the ends of many words: `inside`, `oauth`.
const SHORT = 4;

const ROWS: Readonly<Record<keyof typeof SENSITIVE_NAMES, Omit<SensitiveName, 'isWord'>>> = {
  always: { strength: 'always', asKey: 'secret' },
  opaque: { strength: 'opaque', asKey: 'secret' },
  header: { strength: 'header', asKey: 'secret' },
  textOnly: { strength: 'opaque' },
  cookie: { strength: 'opaque', asKey: 'secret' },
  keyOnly: { asKey: 'secret' },
  personal: { asKey: 'personal' },
};

const NAMES = new Map<string, SensitiveName>();
for (const [row, names] of Object.entries(SENSITIVE_NAMES) as [keyof typeof ROWS, string][]) {
  for (const each of names.split(', ')) {
    const name = each.replaceAll(' ', '');
    const isWord = row === 'keyOnly' || row === 'personal' || (name.length <= SHORT && name !== 'pwd');
    // The first row of a name says most of it.
    NAMES.set(name, { ...ROWS[row], ...NAMES.get(name), isWord });
  }
}

// Five bits a letter, whichever its case.
const hash = (one: number, two: number, three: number): number => ((one & 31) << 10) | ((two & 31) << 5) | (three & 31);

const NAMES_BY_ENDING: (string[] | undefined)[] = Array.from({ length: 32_768 });
const IN_TEXTS = new Uint8Array(32_768);
for (const [name, { strength }] of [...NAMES].sort(([one], [other]) => other.length - one.length)) {
  const [one = 0, two = 0, three = 0] = [3, 2, 1].map((back) => name.charCodeAt(name.length - back));
  // `accessKeyId` is `access_key_id` elsewhere; no other name has a separator so late.
  const before = name.endsWith('id') ? [one, ...Array.from('-_. ', (separator) => separator.charCodeAt(0))] : [one];
  for (const first of before) {
    const ending = hash(first, two, three);
    (NAMES_BY_ENDING[ending] ??= []).push(name);
    if (strength !== undefined) IN_TEXTS[ending] = 1;
  }
}

// `{"name":"cookie","value":"…"}`: the name stands in front.
const VALUE_ENDINGS = new Set(['lue', 'val'].map((ending) => endingOf(ending, ending.length)));

function endingOf(text: string, end: number): number {
  return hash(text.charCodeAt(end - 3), text.charCodeAt(end - 2), text.charCodeAt(end - 1));
}

/** Whether a name in a text that ends before `end` may be sensitive: its last three letters say so of most that are not. */
export function mayEndSensitiveName(text: string, end: number): boolean {
  return IN_TEXTS[endingOf(text, end)] === 1;
}

/** Whether a name that ends before `end` may be `value` or `val`, of which another says what it is. */
export function mayEndValue(text: string, end: number): boolean {
  return VALUE_ENDINGS.has(endingOf(text, end));
}

const isSeparator = (character: string): boolean =>
  character === '-' || character === '_' || character === '.' || character === ' ';

// The part of `db_pwd`, `db.sid` or `dbPwd` that a name ends with.
function isOwnWord(name: string, length: number): boolean {
  let at = name.length;
  for (let left = length; left > 0 && at > 0;) if (!isSeparator(name.charAt(--at))) left--;
  const first = name.charAt(at);
  return (
    at === 0 ||
    isSeparator(name.charAt(at - 1)) ||
    (first !== first.toLowerCase() && name !== name.toUpperCase() && name.charAt(at - 1) !== first)
  );
}

/** The name without what people write differently: case, `-`, `_`, dots and spaces. */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.\s]/g, '');
}

/** What a name is known for, the longest name that it ends with; undefined where it is not sensitive. */
export function sensitiveName(name: string): SensitiveName | undefined {
  const ending = NAMES_BY_ENDING[endingOf(name, name.length)];
  if (ending === undefined) return undefined;
  const plain = plainName(name);
  for (const known of ending) {
    if (!plain.endsWith(known)) continue;
    const found = NAMES.get(known);
    if (known === 'token' && OTHER_TOKENS.test(plain)) return undefined;
    if (found !== undefined && (!found.isWord || isOwnWord(name, known.length))) return found;
  }
  return undefined;
}

// Django and ASP.NET name a cookie so; written apart it is the id of a conversation, which is no secret.
const SESSION_COOKIE = /(?:^|[^A-Za-z])(?:sessionid|SESSIONID|ASP\.NET_SessionId)$/;

/** How strong a name in a text is; undefined where it is not sensitive. */
export function strengthInText(name: string): NameStrength | undefined {
  return sensitiveName(name)?.strength ?? (SESSION_COOKIE.test(name) ? 'opaque' : undefined);
}
