import { expect } from 'chai';
import type { Seen } from './all-calls.js';
import { EMAIL, seenBy, textOf, TIERS, TOKEN, VOCABULARIES, WORDS } from './all-calls.js';

const NAMES = [
  'chat gpt-4o',
  'execute_tool lookup',
  'Desk.work',
  'retrieval birds',
  'invoke_agent guide',
  'embeddings text-embedding-3-small',
  'Desk.load',
];
const SHOWING = NAMES.slice(0, 5);
const DIGEST = /^[0-9a-f]{64}$/;

describe('content by tier', () => {
  let seen: Readonly<Record<string, Seen>>;

  before(async () => {
    seen = await seenBy(
      TIERS.flatMap((content) =>
        VOCABULARIES.map((vocabulary) => ({ name: `${content} ${vocabulary}`, content, vocabulary })),
      ),
    );
  });

  const at = (tier: string, vocabulary: string): Seen => seen[`${tier} ${vocabulary}`] ?? {};

  for (const vocabulary of VOCABULARIES) {
    it(`reaches each destination as one span a call, in ${vocabulary}`, () => {
      for (const tier of TIERS) expect(Object.keys(at(tier, vocabulary)), tier).to.deep.equal(NAMES);
    });

    it(`is not there at none nor at digest, in ${vocabulary}`, () => {
      for (const tier of ['none', 'digest']) {
        for (const name of NAMES) {
          const text = textOf(at(tier, vocabulary)[name]);
          for (const word of [...WORDS, EMAIL, TOKEN, 'second']) expect(text, `${tier} ${name}`).to.not.contain(word);
        }
      }
    });

    it(`has no secret and no personal data at redacted, and the rest, in ${vocabulary}`, () => {
      for (const name of SHOWING) {
        const text = textOf(at('redacted', vocabulary)[name]);
        expect(text, name).to.not.contain(EMAIL).and.not.contain(TOKEN);
        expect(text, name).to.match(/a (\w+) of \[REDACTED\] with \[REDACTED\]/);
      }
    });

    it(`has no secret at full, and the rest, in ${vocabulary}`, () => {
      for (const name of SHOWING) {
        const text = textOf(at('full', vocabulary)[name]);
        expect(text, name).to.not.contain(TOKEN);
        expect(text, name).to.contain(`of ${EMAIL} with [REDACTED]`);
      }
    });

    it(`shows nothing of what calls and embeddings take at any tier but its digest, in ${vocabulary}`, () => {
      for (const tier of TIERS) {
        for (const name of NAMES.slice(5)) {
          expect(textOf(at(tier, vocabulary)[name]), `${tier} ${name}`)
            .to.not.contain('plover')
            .and.not.contain(EMAIL);
        }
      }
    });

    it(`has digests at digest and at no other tier, in ${vocabulary}`, () => {
      for (const name of NAMES) {
        const { attributes = {} } = at('digest', vocabulary)[name] ?? {};
        for (const side of name.startsWith('embeddings') ? ['request'] : ['request', 'response']) {
          const prefix = `spanwright.${side}`;
          expect(attributes[`${prefix}.digest`], name).to.match(DIGEST);
          expect(attributes[`${prefix}.digest_algorithm`], name).to.equal('hmac-sha256');
          expect(attributes[`${prefix}.digest_key_id`], name).to.match(/^[0-9a-f]{8}$/);
          expect(attributes[`${prefix}.bytes`], name).to.be.greaterThan(5);
          expect(attributes[`${prefix}.media_type`], name).to.be.oneOf(['text/plain', 'application/json']);
        }
        for (const tier of ['none', 'redacted', 'full']) {
          expect(textOf(at(tier, vocabulary)[name]), `${tier} ${name}`).to.not.contain('digest');
        }
      }
    });
  }

  it('counts the items of what is a list', () => {
    const items = (name: string): unknown[] =>
      ['request', 'response'].map((side) => at('digest', 'gen-ai')[name]?.attributes[`spanwright.${side}.items`]);
    expect(items('chat gpt-4o')).to.deep.equal([1, 1]);
    expect(items('Desk.work')).to.deep.equal([2, undefined]);
    expect(items('retrieval birds')).to.deep.equal([undefined, 1]);
    expect(items('embeddings text-embedding-3-small')[0]).to.equal(2);
  });
});
