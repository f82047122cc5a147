import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { createTextRedactor } from '#lib/privacy/redact-text.js';
import { KNOWN_DETECTORS } from '#lib/privacy/detectors/known-detectors.js';
import { USER_PATTERN } from './canary-classes.js';
import { createCorpus } from './canary-corpus.js';
import { LeakSearch } from './find-leaks.js';
import { NATIONAL_CANARIES } from './national-canaries.js';

const json = (value: unknown): string => JSON.stringify(value);
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const asUnicode = (text: string): string =>
  text.replaceAll(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

// A string field of protobuf: tag, length, bytes; in front of it a field that is no text.
function inProtobuf(text: string): Uint8Array {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x0a, 0xc3, 0xff, 0x12, 0x80 | (bytes.length & 127), bytes.length >> 7]), bytes]);
}

const FORMS: Readonly<Record<string, (text: string) => Uint8Array | string>> = {
  'as it is': (text) => text,
  'as bytes': (text) => Buffer.from(text),
  'in protobuf': inProtobuf,
  'in protobuf and gzip': (text) => gzipSync(inProtobuf(text)),
  'in gzip of JSON': (text) => gzipSync(json({ text })),
  'in JSON': (text) => json({ text }),
  'in JSON in JSON in JSON': (text) => json(json(json(text))),
  'as escapes of JSON': (text) => asUnicode(text),
  'in URL encoding': (text) => `a=${encodeURIComponent(text)}`,
  'in URL encoding of every byte': (text) => Buffer.from(text).toString('hex').replaceAll(/../g, '%$&'),
  'in a form': (text) => new URLSearchParams({ text }).toString(),
  'in URL encoding in JSON in gzip': (text) => gzipSync(json({ url: encodeURIComponent(text) })),
  'in URL encoding of JSON': (text) => encodeURIComponent(json({ text })),
  'in base64': base64,
  'in base64, one byte behind': (text) => base64(`.${text}`),
  'in base64, two bytes behind': (text) => base64(`..${text}`),
  'in base64url among others': (text) => `x/${Buffer.from(`ab${text}cd`).toString('base64url')}?y`,
  'in base64 in JSON in gzip': (text) => gzipSync(json({ body: base64(`.${text}.`) })),
};

const half = (part: string): number => Math.max(8, Math.ceil(part.length / 2));

describe('the search for leaks', () => {
  const corpus = createCorpus(3);
  const search = new LeakSearch(corpus);

  for (const [title, write] of Object.entries(FORMS)) {
    it(`finds each canary, and each half of it, ${title}`, () => {
      const missed = corpus.filter((canary) => {
        const { text, parts } = canary;
        const pieces = parts.flatMap((part) => [part, part.slice(0, half(part)), part.slice(-half(part))]);
        return ![text, ...pieces].every((piece) => search.search(write(piece)).some((each) => each.canary === canary));
      });
      expect(missed.map(({ kind, text }) => `${kind}: ${text}`)).to.deep.equal([]);
    });
  }

  it('finds none where there is none', () => {
    for (const write of Object.values(FORMS)) {
      expect(search.search(write('Please open the tray, then take the paper out [REDACTED].'))).to.deep.equal([]);
    }
  });

  it('says which part was found, and what stands around it', () => {
    const [canary] = corpus;
    const part = canary?.parts[0] ?? '';
    expect(search.search(`before ${part} behind`)).to.deep.equal([
      { canary, form: 'whole', excerpt: `before ${part} behind` },
    ]);
    expect(search.search(part.slice(0, 40)).map(({ form }) => form)).to.deep.equal(['first half']);
  });

  it('takes no digits in the middle of a number for those of a canary', () => {
    const canary = { kind: 'card', sensitivity: 'personal', text: '', parts: ['5355555555554444'] } as const;
    const cards = new LeakSearch([canary]);
    expect(cards.search('1795355555555000')).to.deep.equal([]);
    expect(cards.search('53555555[REDACTED]').map(({ form }) => form)).to.deep.equal(['first half']);
  });
});

describe('the corpus of the check', () => {
  it('has 200 canaries, no two of which are alike, of every documented class', () => {
    const corpus = createCorpus(3);
    expect(new Set(corpus.flatMap(({ parts }) => parts.map((part) => part.slice(0, 8)))).size).to.equal(
      corpus.flatMap(({ parts }) => parts).length,
    );
    const documented = KNOWN_DETECTORS.map(({ kind }) => kind);
    expect(new Set(corpus.map(({ kind }) => kind))).to.deep.equal(new Set(documented));
  });

  it('is hidden by the redactor where it stands alone in a sentence', () => {
    const redact = createTextRedactor({
      level: 'all',
      patterns: [USER_PATTERN],
      packs: Object.keys(NATIONAL_CANARIES),
    });
    const corpus = createCorpus(4);
    const shown = new LeakSearch(corpus).search(corpus.map(({ text }) => redact(`It is ${text} here`)).join('\n'));
    expect(shown.map(({ canary, form }) => `${canary.kind}, ${form}: ${canary.text}`)).to.deep.equal([]);
  });
});
