import { expect } from 'chai';

import { createDetection } from '#lib/privacy/detect.js';
import { createGate } from '#lib/privacy/gate.js';
import { createTextRedactor } from '#lib/privacy/redact-text.js';

import { foundBy } from './found-by.js';

const found = foundBy(createDetection({ level: 'all' }));
const gate = createGate({ tier: 'redacted', text: createTextRedactor({ level: 'all' }) });

describe('a name and its value', () => {
  const FOUND: readonly (readonly [text: string, value: string])[] = [
    ["auth: {user:'a', pass:'hunter2horse'}", 'hunter2horse'],
    ['pass: hunter2horse', 'hunter2horse'],
    ['{"label":"password","value":"x"}', 'x'],
    ['{"field": "Password", "val": "x"}', 'x'],
    ['{"param":"api_key","value":"x"}', 'x'],
    ['**Password:** hunter2', 'hunter2'],
    ['- **Password**: hunter2', 'hunter2'],
    ['| password | hunter2 |', 'hunter2'],
    ['|user|ann|\n|**API key**|`k1-2`|', 'k1-2'],
    ['password：hunter2', 'hunter2'],
    ['password -> hunter2', 'hunter2'],
    ['password => hunter2', 'hunter2'],
    ["form.set('password','hunter2')", 'hunter2'],
    ['<input name="password" value="x">', 'x'],
    ['<input type="password" name="password" class="a" value="x">', 'x'],
    ['<add key="Password" value="x"/>', 'x'],
    ["password: string = 'x'", 'x'],
    ["  private readonly password: string = 'x y';", 'x y'],
    ['password:\n  hunter2\nuser: ann', 'hunter2'],
    ['password: >-\n  hunter\n', 'hunter'],
    ['secret: |\r\n    hunter\r\n', 'hunter'],
    ['mysql --password hunter2 db', 'hunter2'],
    ['mysql --password=x db', 'x'],
    ['run --api-key "k1" --verbose', 'k1'],
    ['curl -s -u admin:hunter https://example.com', 'hunter'],
    ['curl --user "admin:hunter" https://example.com', 'hunter'],
  ];
  for (const [text, value] of FOUND) {
    it(`are found: ${JSON.stringify(text)}`, () => expect(found(text)).to.deep.equal([`assignment: ${value}`]));
  }

  it('are found as the token of a URL', () => {
    expect(found('clone https://0123456789abcdefghij@example.com/a')).to.deep.equal([
      'url-password: 0123456789abcdefghij',
    ]);
    expect(found('clone https://annother@example.com/a')).to.have.length(1);
    for (const text of [
      'ssh://someone-with-a-name@host/a',
      'https://ann1@host/a',
      'https://host/0123456789abcdefghij@x',
    ])
      expect(found(text), text).to.deep.equal([]);
  });

  it('are found as keys and holders of a value', () => {
    expect(gate.value({ pass: 'x', db: { pass: 1 } })).to.deep.equal({
      pass: '[REDACTED]',
      db: { pass: '[REDACTED]' },
    });
    for (const name of ['label', 'field', 'param', 'Label'])
      expect(gate.value({ [name]: 'password', value: 'x' })).to.deep.equal({ [name]: 'password', value: '[REDACTED]' });
  });

  const PROSE = [
    'pass: required, bypass: 12345678, compass=12345678',
    'all 12 tests pass: well done',
    '| user | password | role |',
    '| password | must have 8 characters |',
    '**Password:** please write to us',
    'user->password1; x',
    'def get_password() -> str: pass',
    'use --password to set it, or --token for one.',
    'pass --password -v',
    'login --password $PASSWORD --token <token>',
    'docker run -u 1000:1000 image',
    'password:\n  please choose one',
    'credentials:\n  user: ann\n',
    'secrets:\n  - one1\n',
    'password: string;',
    'password: string == x',
    '<input name="city" value="x1">, <option value="password">',
    "in('password', 'token', 'cookie')",
  ];
  for (const text of PROSE) it(`are not found: ${JSON.stringify(text)}`, () => expect(found(text)).to.deep.equal([]));
});

describe('code that holds no secret', () => {
  const CODE = [
    'PWD=/home/ci/project',
    'OLDPWD: /usr/src/app',
    "fetch(url, { credentials: 'include' })",
    'credentials: "same-origin"',
    'credentials: omit',
    'const password = getPassword();',
    'password: Joi.string().required()',
    'apiKey: import.meta.env.VITE_KEY',
    'api_key=settings.openai_key',
    'password: Optional[str]',
    'password=$PASSWORD',
    'password="$DB_PASSWORD"',
    'api_key=YOUR_API_KEY',
    'api_key: "your-api-key"',
    'api_key=<your-api-key>',
  ];
  for (const text of CODE) it(`is left: ${text}`, () => expect(found(text)).to.deep.equal([]));

  it('is told from passwords that look alike', () => {
    for (const value of ['$ecret', 'hunter2(x', 'Summer.Winter', '/a1', 'include'])
      expect(found(`password=${value};`), value).to.deep.equal([`assignment: ${value}`]);
  });
});
