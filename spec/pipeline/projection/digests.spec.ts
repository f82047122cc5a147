import { createHash, createHmac } from 'node:crypto';
import { expect } from 'chai';
import type { Seen } from './all-calls.js';
import { EMAIL, seenBy, TOKEN, VOCABULARIES } from './all-calls.js';

const DESTINATIONS = VOCABULARIES.map((vocabulary) => ({ name: vocabulary, content: 'digest' as const, vocabulary }));
const KEY = 'a key of this spec';
const said = (word: string): string => `a ${word} of ${EMAIL} with ${TOKEN}`;

// The canonical bytes, written by hand: keys in order, no blanks; a bare text as it is.
const SENT: Readonly<Record<string, string>> = {
  'chat gpt-4o': `{"input":[{"parts":[{"content":"${said('plover')}","type":"text"}],"role":"user"}]}`,
  'execute_tool lookup': `{"bird":"${said('lapwing')}"}`,
  'Desk.work': `["${said('dunlin')}",{"n":1}]`,
  'retrieval birds': `{"query":"${said('sanderling')}"}`,
  'invoke_agent guide': `["${said('plover')}"]`,
  'embeddings text-embedding-3-small': `{"input":["${said('plover')}","second"],"model":"text-embedding-3-small"}`,
  'Desk.load': `{"body":"${said('plover')}"}`,
};
const GOT: Readonly<Record<string, string>> = {
  'execute_tool lookup': `{"found":"${said('curlew')}"}`,
  'Desk.work': said('avocet'),
  'invoke_agent guide': said('heron'),
  'Desk.load': `{"body":"${said('heron')}","status":200}`,
};

const digestsOf = (seen: Seen | undefined, side: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(seen ?? {}).map(([name, span]) => [name, span.attributes[`spanwright.${side}.digest`]]),
  );

function digestsBy(hash: (text: string) => string, texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, hash(text)]));
}

describe('digests of content', () => {
  it('are HMAC-SHA-256 over the canonical bytes, equal in every destination and vocabulary', async () => {
    const seen = await seenBy(DESTINATIONS, { digestKey: KEY });
    const hmac = (text: string): string => createHmac('sha256', KEY).update(text).digest('hex');
    for (const name of VOCABULARIES) {
      expect(digestsOf(seen[name], 'request'), name).to.deep.equal(digestsBy(hmac, SENT));
      expect(digestsOf(seen[name], 'response'), name).to.deep.include(digestsBy(hmac, GOT));
    }
    const work = seen['gen-ai']?.['Desk.work']?.attributes ?? {};
    expect(work['spanwright.request.bytes']).to.equal(Buffer.byteLength(SENT['Desk.work'] ?? ''));
    expect(work['spanwright.request.media_type']).to.equal('application/json');
    expect(work['spanwright.response.media_type']).to.equal('text/plain');
  });

  it('are the same where content is on the span as well, and beside destinations that see content', async () => {
    const options = { digestKey: KEY, contentOnSpan: true };
    const others = [
      { name: 'full', content: 'full' as const },
      { name: 'redacted', content: 'redacted' as const },
    ];
    const seen = await seenBy([...others, ...DESTINATIONS], options);
    const hmac = (text: string): string => createHmac('sha256', KEY).update(text).digest('hex');
    for (const name of VOCABULARIES) {
      expect(digestsOf(seen[name], 'request'), name).to.deep.equal(digestsBy(hmac, SENT));
      expect(digestsOf(seen[name], 'response'), name).to.deep.include(digestsBy(hmac, GOT));
    }
  });

  it('differ under another key, which has another id', async () => {
    const one = (await seenBy(DESTINATIONS, { digestKey: KEY }))['llm'] ?? {};
    const other = (await seenBy(DESTINATIONS, { digestKey: `${KEY}.` }))['llm'] ?? {};
    for (const [name, digest] of Object.entries(digestsOf(other, 'request'))) {
      expect(digest, name).to.be.a('string').and.not.equal(digestsOf(one, 'request')[name]);
    }
    const idOf = (seen: Seen): unknown => seen['Desk.work']?.attributes['spanwright.request.digest_key_id'];
    expect(idOf(one)).to.be.a('string').and.not.equal(idOf(other));
  });

  it('are plain SHA-256 without a key where that is asked for', async () => {
    const seen = await seenBy(DESTINATIONS, { digestKey: KEY, digest: 'sha256' });
    const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
    expect(digestsOf(seen['gen-ai'], 'request')).to.deep.equal(digestsBy(sha, SENT));
    const { attributes } = seen['gen-ai']?.['Desk.work'] ?? expect.fail('no span');
    expect(attributes).to.include({ 'spanwright.request.digest_algorithm': 'sha256' });
    expect(attributes).to.not.have.property('spanwright.request.digest_key_id');
  });
});
