import { execFileSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { createDigester } from '#lib/privacy/digest.js';

const CONTENT = { messages: [{ role: 'user', content: 'grüezi' }], b: 1 };
const CANONICAL = '{"b":1,"messages":[{"content":"grüezi","role":"user"}]}';

describe('a digest of content', () => {
  it('is HMAC-SHA-256 over the canonical bytes', () => {
    const digester = createDigester({ key: 'sésame' });
    expect(digester.digest(CONTENT)).to.deep.equal({
      algorithm: 'hmac-sha256',
      keyId: digester.keyId,
      digest: createHmac('sha256', 'sésame').update(CANONICAL).digest('hex'),
      bytes: Buffer.byteLength(CANONICAL),
      mediaType: 'application/json',
      items: 1,
    });
  });

  it('is over the UTF-8 of a bare text', () => {
    const digester = createDigester({ key: 'k' });
    expect(digester.digest('grüezi')).to.deep.equal({
      algorithm: 'hmac-sha256',
      keyId: digester.keyId,
      digest: createHmac('sha256', 'k').update('grüezi').digest('hex'),
      bytes: 7,
      mediaType: 'text/plain',
    });
  });

  it('is plain SHA-256 where that is asked for, whatever key there is', () => {
    const digester = createDigester({ algorithm: 'sha256', key: 'k' });
    expect(digester.digest('abc')).to.deep.equal({
      algorithm: 'sha256',
      digest: createHash('sha256').update('abc').digest('hex'),
      bytes: 3,
      mediaType: 'text/plain',
    });
    expect(digester.keyId).to.equal('');
    expect(digester.isRandom).to.equal(false);
  });

  it('counts items of an array and messages of an object', () => {
    const { digest } = createDigester({ key: 'k' });
    expect(digest([1, 2, 3]).items).to.equal(3);
    expect(digest([]).items).to.equal(0);
    expect(digest({ messages: [1, 2] }).items).to.equal(2);
    for (const content of [{}, { messages: 'two' }, 1, null, undefined, 'text']) {
      expect(digest(content)).to.not.have.property('items');
    }
  });

  it('is equal for equal content, whatever the order of keys and the object', () => {
    const { digest } = createDigester({ key: 'k' });
    const other = { b: 1, messages: [{ content: 'grüezi', role: 'user' }] };
    expect(digest(other)).to.deep.equal(digest(CONTENT));
    expect(digest({ ...other, b: 2 }).digest).to.not.equal(digest(CONTENT).digest);
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(digest(JSON.parse(JSON.stringify(value)))).to.deep.equal(digest(JSON.parse(JSON.stringify(value))));
      }),
    );
  });

  it('is made once for each object', () => {
    const { digest } = createDigester({ key: 'k' });
    const content = { a: 1 };
    const first = digest(content);
    content.a = 2;
    expect(digest(content)).to.equal(first);
    expect(createDigester({ key: 'k' }).digest(content).digest).to.not.equal(first.digest);
    expect(() => Object.assign(first, { digest: '' })).to.throw(TypeError);
  });

  it('stands whatever it is given, and runs no code of it', () => {
    const { digest } = createDigester({ key: 'k' });
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    const loud = {
      get messages(): never {
        throw new Error('was read');
      },
    };
    for (const content of [proxy, { messages: proxy }, loud, Symbol('s'), 1n, Number.NaN, new Date(Number.NaN)]) {
      expect(digest(content).digest).to.match(/^[0-9a-f]{64}$/);
    }
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withMap: true, withNullPrototype: true }), (content) => {
        expect(digest(content).digest).to.have.lengthOf(64);
      }),
    );
  });
});

describe('the key of a digester', () => {
  it('is the same as text and as its UTF-8', () => {
    const text = createDigester({ key: 'clé' });
    const bytes = createDigester({ key: new TextEncoder().encode('clé') });
    expect(bytes.keyId).to.equal(text.keyId);
    expect(bytes.digest('x')).to.deep.equal(text.digest('x'));
    expect([text.isRandom, bytes.isRandom]).to.deep.equal([false, false]);
  });

  it('stays what it was when the caller clears its bytes', () => {
    const key = new TextEncoder().encode('secret');
    const digester = createDigester({ key });
    key.fill(0);
    expect(digester.digest('x')).to.deep.equal(createDigester({ key: 'secret' }).digest('x'));
  });

  it('has an id of 8 hexadecimal digits that no plain hash of the key begins with', () => {
    const { keyId } = createDigester({ key: 'secret' });
    expect(keyId).to.match(/^[0-9a-f]{8}$/);
    expect(keyId).to.not.equal(createHash('sha256').update('secret').digest('hex').slice(0, 8));
    expect(keyId).to.not.equal(createHmac('sha256', 'secret').update('').digest('hex').slice(0, 8));
    expect(keyId).to.equal(
      createHash('sha256').update('spanwright content digest key\0secret').digest('hex').slice(0, 8),
    );
    expect(createDigester({ key: 'other' }).keyId).to.not.equal(keyId);
  });

  it('is a random one of the process where none is given', () => {
    const [one, other, empty] = [createDigester(), createDigester({}), createDigester({ key: '' })];
    expect([one.isRandom, other.isRandom, empty.isRandom]).to.deep.equal([true, true, true]);
    expect(other.digest('x')).to.deep.equal(one.digest('x'));
    expect(empty.digest('x')).to.deep.equal(one.digest('x'));
    const program = "import('#lib/privacy/digest.js').then((m) => console.log(m.createDigester().digest('x').digest))";
    const elsewhere = execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' }).trim();
    expect(elsewhere).to.match(/^[0-9a-f]{64}$/);
    expect(elsewhere).to.not.equal(one.digest('x').digest);
  });
});
