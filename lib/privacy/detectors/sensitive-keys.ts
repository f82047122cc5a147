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
  'amzsignature',
  'sessionid',
  'sessid',
  'sessionkey',
  'connectsid',
  'sid',
  'sess',
  'secretid',
];
const HEADER = ['authorization', 'cookie', 'setcookie'];

const STRENGTHS = new Map<string, KeyStrength>([
  ...ALWAYS.map((name): [string, KeyStrength] => [name, 'always']),
  ...OPAQUE.map((name): [string, KeyStrength] => [name, 'opaque']),
  ...HEADER.map((name): [string, KeyStrength] => [name, 'header']),
]);
// Five bits a letter, whichever its case.
const hash = (one: number, two: number, three: number): number => ((one & 31) << 10) | ((two & 31) << 5) | (three & 31);

const NAMES_BY_ENDING: (string[] | undefined)[] = Array.from({ length: 32_768 });
for (const name of [...STRENGTHS.keys()].sort((one, other) => other.length - one.length)) {
  const [one = 0, two = 0, three = 0] = [3, 2, 1].map((back) => name.charCodeAt(name.length - back));
  // `accessKeyId` is `access_key_id` elsewhere; no other name has a separator so late.
  const before = name.endsWith('id') ? [one, ...Array.from('-_. ', (separator) => separator.charCodeAt(0))] : [one];
  for (const first of before) (NAMES_BY_ENDING[hash(first, two, three)] ??= []).push(name);
}

const namesAt = (text: string, end: number): readonly string[] | undefined =>
  NAMES_BY_ENDING[hash(text.charCodeAt(end - 3), text.charCodeAt(end - 2), text.charCodeAt(end - 1))];

/** Whether a name that ends before `end` may be sensitive: its last three letters say so of most that are not. */
export function mayEndSensitiveKey(text: string, end: number): boolean {
  return namesAt(text, end) !== undefined;
}

/** How sensitive a name is; undefined where it is not. */
export function strengthOfKey(name: string): KeyStrength | undefined {
  const plain = name.replaceAll(/[-_. ]/g, '').toLowerCase();
  for (const known of namesAt(name, name.length) ?? []) {
    if (!plain.endsWith(known)) continue;
    const { length } = known;
    // Short names are the ends of many words: `inside`, `oauth`.
    if (length > 4 || length === plain.length || isOwnWord(name, length)) return STRENGTHS.get(known);
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
