const SECRETS = new Set(
  [
    'auth key, bearer, cookies, credential, credentials, encryption key, id token, jwt, master key, otp, passcode',
    'passphrase, passwd, password, password confirmation, password hash, private key, pwd, secret access key, secret key',
    'secret value, secrets, service account key, shared access key, shared access signature, signing key, totp, xsrf token',
    'session id, phpsessid, jsessionid, connect.sid, session key, set cookie, set cookie2, ssh key, token, webhook secret',
    'db pass, pg pass, smtp pass, user pass, access tokens, api keys, auth tokens, refresh tokens, recovery codes, x auth',
  ].flatMap((line) => line.split(', ').map(normalizeKey)),
);
// What a compound says by its end: `db_password`, `x-api-key`, `githubToken`.
const SECRET_ENDS = [
  'accesskey',
  'apikey',
  'authorization',
  'clientsecret',
  'cookie',
  'credentials',
  'passphrase',
  'passwd',
  'password',
  'privatekey',
  'pwd',
  'secret',
  'secretaccesskey',
  'secretkey',
  'token',
];
// Tokens of language models, of pages and of parsers.
const OTHER_TOKENS =
  /(?:first|last|next|previous|prev|per|page|pagination|continuation|sync|cancellation|cancel|abort|stop|start|end|eos|bos|eot|pad|unk|sep|cls|mask|special|input|output|prompt|completion|max|min|total|count|cached|reasoning|each|every|syntax|thetext|of|tofirst|single)token$/;
const PERSONAL = new Set(
  [
    'bank account, bank account number, card number, cc number, credit card, credit card number, cvc, cvc2, cvv, cvv2',
    'date of birth, debit card, dob, driver license, drivers license, email address, iban, national id, passport',
    'passport number, phone number, routing number, social security, social security number, ssn, tax id, mobile number',
  ].flatMap((line) => line.split(', ').map(normalizeKey)),
);

/** What a key says of its value. */
export type KeyKind = 'secret' | 'personal' | 'user';

/** A key without what people write differently: case, `-`, `_` and spaces. */
export function normalizeKey(key: string): string {
  return key.toLowerCase().replace(/[-_\s]/g, '');
}

function isSecretKey(key: string): boolean {
  if (SECRETS.has(key)) return true;
  return SECRET_ENDS.some((end) => key.endsWith(end)) && !OTHER_TOKENS.test(key);
}

/**
 * Tells keys whose values are sensitive: secrets always, personal data where `personal` is true, and the user's own names.
 * Names match whole or after the last dot, without regard to case, `-`, `_` and spaces; counts of tokens are no tokens.
 */
export function createKeyRule(options: {
  readonly personal: boolean;
  readonly keys?: readonly string[];
}): (key: string) => KeyKind | undefined {
  const own = new Set((options.keys ?? []).map(normalizeKey));
  const kindOf = (name: string): KeyKind | undefined => {
    if (own.has(name)) return 'user';
    if (isSecretKey(name)) return 'secret';
    return options.personal && PERSONAL.has(name) ? 'personal' : undefined;
  };
  return (key) => {
    // Names are short; a long key is a text, which the text rules look at.
    if (key.length > 200) return undefined;
    const name = normalizeKey(key);
    const dot = name.lastIndexOf('.');
    return kindOf(name) ?? (dot < 0 ? undefined : kindOf(name.slice(dot + 1)));
  };
}
