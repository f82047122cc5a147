import { readFileSync } from 'node:fs';

import { expect } from 'chai';

import { createDetection } from '#lib/privacy/detect.js';
import { PACK_NAMES } from '#lib/privacy/detectors/national-ids.js';
import { SHAPES } from '#lib/privacy/detectors/shaped-tokens.js';
import { VENDORS } from '#lib/privacy/detectors/vendor-tokens.js';
import { createGate } from '#lib/privacy/gate.js';
import { createPrivacy } from '#lib/privacy/privacy.js';
import { createTextRedactor } from '#lib/privacy/redact-text.js';
import { SENSITIVE_NAMES } from '#lib/privacy/sensitive-names.js';
import { decodedRows, passedRows } from '#scripts/privacy-rows.mjs';

import { ibanOf, withLuhn } from '../privacy/canaries.js';
import { createSamples } from '../privacy/public-formats.js';

const page = readFileSync('docs/reference/privacy.md', 'utf8');
const section = (title: string): string => page.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
const kindsOf = (text: string): string[] => Array.from(text.matchAll(/^\| `([\w-]+)` \|/gm), ([, kind = '']) => kind);

const detect = createDetection({ level: 'all', packs: PACK_NAMES, patterns: [/ticket-\d{4}/] });
const redact = createTextRedactor({ level: 'all' });
const gate = createGate({ tier: 'redacted', text: redact });

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const label = ['PRIVATE', 'KEY'].join(' ');
const jwt = `${base64('{"alg":"HS256"}').replaceAll('=', '')}.${base64('{"sub":"abcdef"}').replaceAll('=', '')}.`;
const sampleOf = (title: string): string => createSamples(5, 1).find((sample) => sample.title === title)?.text ?? '';

const EXAMPLES: Readonly<Record<string, string>> = {
  'private-key': `-----BEGIN ${label}-----\nabc\n-----END ${label}-----`,
  jwt,
  bearer: 'send Bearer abcdefgh12345678 along',
  'basic-auth': `curl -H "Basic ${base64('someone:something')}"`,
  'url-password': 'postgres://app:hunter2@db/main',
  assignment: 'password=hunter2',
  pattern: 'see ticket-1234',
  'telegram-token': sampleOf('Telegram'),
  'discord-token': sampleOf('Discord'),
  'asana-token': sampleOf('Asana'),
  'mailchimp-key': sampleOf('Mailchimp'),
  'okta-token': sampleOf('Okta'),
  'azure-secret': sampleOf('Entra client secret'),
  'azure-key': sampleOf('Azure AI'),
  'airtable-token': sampleOf('Airtable'),
  'terraform-token': sampleOf('Terraform'),
  email: 'ann@example.com',
  phone: '+44 20 7946 0958',
  card: withLuhn('411111111111111'),
  iban: ibanOf('DE', '370400440532013000'),
  'us-ssn': '123-45-6789',
  'uk-nino': 'AB 12 34 56 C',
  'fr-nir': '2 55 08 14 168 025 38',
  'de-steuer-id': '86095742719',
  'es-dni': '12345678Z',
  'nl-bsn': '111222333',
  'pl-pesel': '44051401359',
};

/** An example of a class: one for each prefix of a vendor, else the one above. */
function examplesOf(kind: string): string[] {
  const tokens = VENDORS.filter((vendor) => vendor.kind === kind).flatMap(({ prefixes, min, among, isExact }) =>
    prefixes.map((prefix) =>
      `${prefix}${among === 'mixed' ? '4dB' : ''}${'7A'.repeat(min)}`.slice(
        0,
        prefix.length + min + (isExact === true ? 0 : 3),
      ),
    ),
  );
  const own = EXAMPLES[kind];
  return own === undefined ? tokens : [...tokens, own];
}

describe('the page of privacy', () => {
  const kinds = [...kindsOf(section('Secrets in texts')), ...kindsOf(section('Personal data in texts'))];

  it('lists every class', () => {
    expect(kinds).to.include.members([...VENDORS, ...SHAPES].map(({ kind }) => kind));
    expect(kinds).to.include.members([...PACK_NAMES, ...Object.keys(EXAMPLES)]);
  });

  for (const kind of kinds) {
    it(`is right that ${kind} is found`, () => {
      const examples = examplesOf(kind);
      expect(examples).not.to.deep.equal([]);
      for (const example of examples) {
        expect(
          detect(`It is ${example} now`).map((finding) => finding.kind),
          example,
        ).to.include(kind);
      }
    });
  }

  it('is right of names as keys', () => {
    const { textOnly, ...asKeys } = SENSITIVE_NAMES;
    for (const name of Object.values(asKeys).flatMap((row) => row.split(', '))) {
      expect(section('Sensitive names')).to.include(`\`${name}\``);
      for (const key of [name, name.replaceAll(' ', '_'), name.replaceAll(' ', '-').toUpperCase()]) {
        expect(gate.value({ [key]: 'plain' }), key).to.deep.equal({ [key]: '[REDACTED]' });
      }
    }
    for (const name of textOnly.split(', ')) expect(section('Sensitive names')).to.include(`\`${name}\``);
  });

  it('is right of names in texts', () => {
    const { keyOnly, personal, ...inTexts } = SENSITIVE_NAMES;
    for (const name of Object.values(inTexts).flatMap((row) => row.split(', '))) {
      const key = name.replaceAll(' ', '_');
      expect(redact(`${key}=a1b2c3d4e5f6`), key).to.equal(`${key}=[REDACTED]`);
    }
    for (const name of `${keyOnly}, ${personal}`.split(', ')) {
      if (!Object.values(inTexts).some((row) => row.split(', ').includes(name))) {
        expect(redact(`${name}: it is a word`), name).to.equal(`${name}: it is a word`);
      }
    }
    for (const name of ['max_token', 'next_page_token', 'eos_token', 'session_id', 'session.id']) {
      expect(redact(`${name}=a1b2c3d4e5f6`)).to.equal(`${name}=a1b2c3d4e5f6`);
      expect(gate.value({ [name]: 'a1b2c3d4e5f6' })).to.deep.equal({ [name]: 'a1b2c3d4e5f6' });
    }
  });

  it('is right of how much of a text is looked at', () => {
    const shown = createPrivacy().redacted.text('All is well. '.repeat(100_000));
    const [, chars] = /no more than ([\d,]+) of one/.exec(section('Bounds and marks')) ?? [];
    expect(shown.indexOf('…[cut')).to.equal(Number(chars?.replaceAll(',', '')));
  });

  for (const [what, example] of decodedRows) {
    it(`is right that ${what} are decoded`, () => expect(redact(example.slice(1, -1))).to.include('[REDACTED]'));
  }

  for (const { what, example } of passedRows) {
    it(`is right that nothing is found of ${what}`, () => {
      expect(redact(example)).to.equal(example);
      expect(section('What is not found')).to.include(example);
    });
  }
});
