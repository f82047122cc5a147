// Rows of docs/reference/privacy.md that no source tells. spec/docs/privacy.spec.ts shows each to be true.
const base64 = (text) => Buffer.from(text).toString('base64');

/** What is decoded once, by an example that holds an address. */
export const decodedRows = [
  ['escapes of JSON, however many backslashes', String.raw`{\"to\":\"\u0061nn@example.com\"}`],
  ['escapes of URLs', 'to=ann%40example.com'],
  ['blanks of forms', 'a=1&tel=%2B49+151+23456789'],
  ['base64 and base64url', base64('write to ann@example.com now')],
  ['escapes of JSON or URLs within base64', base64(String.raw`{"to":"\u0061nn@example.com"}`)],
  [
    'base64 that is folded over lines',
    String.raw`${base64('All is well here. '.repeat(3))}\r\n${base64('Write to ann@example.com')}`,
  ],
].map(([what, example]) => [what, `\`${example}\``]);

/** What no detector finds, by an example that passes as it is. */
export const passedRows = [
  { what: 'names of people', example: 'Ann Other called about her order.' },
  { what: 'postal addresses', example: 'She lives at 12 Garden Road, Leeds LS1 4AP.' },
  { what: 'dates of birth in prose', example: 'He was born on 4 May 1981.' },
  { what: 'health, faith, politics and other facts about people', example: 'Ann has had diabetes since 2019.' },
  { what: 'names of accounts and internal ids', example: 'Customer C-4711 is user-1731.' },
  { what: 'national ids without their pack', example: 'My number is 123-45-6789.' },
  { what: 'phone numbers in one group of digits without their country', example: 'Call 4155552671 today.' },
  { what: 'numbers that are written as words', example: 'four one five, five five five, two six seven one' },
  { what: 'coordinates and IP addresses', example: 'From 192.168.100.200 at 51.5072, -0.1276.' },
  {
    what: 'secrets without a shape of their own or a name beside them',
    example: 'Try hunter2 or 0a1b2c3d4e5f60718293a4b5c6d7e8f9.',
  },
  { what: 'passwords in a sentence', example: 'My password is hunter2' },
  {
    what: 'passwords without a digit in cells, lists and flags',
    example: 'mysql --password hunter',
  },
  { what: 'content beside a name', example: '{"name":"password","content":"hunter2"}' },
  { what: 'a value in front of its name', example: '<input value="hunter2" name="password">' },
  { what: 'short tokens, or those without a digit, in front of a host', example: 'https://hunter2@host/' },
  {
    what: 'phone numbers in groups with blanks, without a word before them that says so',
    example: 'See 415 867 5309.',
  },
  { what: 'what is encoded twice', example: base64(base64('write to ann@example.com now')) },
  { what: 'hexadecimal', example: Buffer.from('write to ann@example.com now').toString('hex') },
  { what: 'entities of HTML', example: 'ann&#64;example&#46;com' },
  { what: 'addresses that are written around', example: 'ann (at) example (dot) com' },
  {
    what: 'images, sound and files: what they show or hold',
    example: 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB',
  },
];
