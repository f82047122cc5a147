/** How strong a name is: after `always` any value is a secret, after `opaque` one that no word is. */
export type KeyStrength = 'always' | 'opaque' | 'header';

// Without their separators, lower case: `X-Api-Key` ends with `apikey`.
const ALWAYS = [
  'password',
  'passwd',
  'passwort',
  'pwd',
  'passphrase',
  'secret',
  'secretkey',
  'clientsecret',
  'apikey',
  'appkey',
  'applicationkey',
  'accesskey',
  'accesskeyid',
  'privatekey',
  'authkey',
  'accountkey',
  'sharedaccesskey',
  'sharedkey',
  'encryptionkey',
  'signingkey',
  'masterkey',
  'licensekey',
  'subscriptionkey',
  'storagekey',
  'functionskey',
  'credentials',
  'credential',
];
const OPAQUE = [
  'token',
  'jwt',
  'auth',
  'sig',
  'signature',
  'sessionid',
  'sessid',
  'sessionkey',
  'connectsid',
  'sid',
  'sess',
  'secretid',
  'nonce',
];
const HEADER = ['authorization', 'cookie', 'setcookie'];

const STRENGTHS = new Map<string, KeyStrength>([
  ...ALWAYS.map((name): [string, KeyStrength] => [name, 'always']),
  ...OPAQUE.map((name): [string, KeyStrength] => [name, 'opaque']),
  ...HEADER.map((name): [string, KeyStrength] => [name, 'header']),
]);
const LENGTHS = [...new Set([...STRENGTHS.keys()].map((name) => name.length))].sort((one, other) => other - one);

const lower = (code: number): number => (code >= 65 && code <= 90 ? code + 32 : code);
const endings = new Uint8Array(128 * 128);
for (const name of STRENGTHS.keys())
  endings[name.charCodeAt(name.length - 2) * 128 + name.charCodeAt(name.length - 1)] = 1;

/** Whether a name that ends before `end` may be sensitive: its last two letters say so of most that are not. */
export function mayEndSensitiveKey(text: string, end: number): boolean {
  const one = lower(text.charCodeAt(end - 2));
  const other = lower(text.charCodeAt(end - 1));
  return one < 128 && other < 128 && endings[one * 128 + other] === 1;
}

/** How sensitive a name is; undefined where it is not. */
export function strengthOfKey(name: string): KeyStrength | undefined {
  const plain = name.replaceAll(/[-_. ]/g, '').toLowerCase();
  for (const length of LENGTHS) {
    if (length > plain.length) continue;
    const strength = STRENGTHS.get(plain.slice(-length));
    // Short names are the ends of many words: `inside`, `oauth`.
    if (strength !== undefined && (length > 4 || length === plain.length || isOwnWord(name, length))) return strength;
  }
  return undefined;
}

// The part of `db_pwd`, `db.sid` or `dbPwd` that a name ends with.
function isOwnWord(name: string, length: number): boolean {
  const first = name.charAt(name.length - length);
  return (
    /[-_. ]/.test(name.charAt(name.length - length - 1)) ||
    (first !== first.toLowerCase() && name !== name.toUpperCase())
  );
}
