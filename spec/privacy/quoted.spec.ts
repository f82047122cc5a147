import { expect } from 'chai';
import { hideQuoted, textsIn } from '#lib/privacy/quoted.js';

const PROMPT = 'Summarise the complaint of Ms Fournier of Lyon.\nShe waits for parcel 4711 since Monday.';
const REQUEST = { model: 'gpt-4o-mini', messages: [{ role: 'assistant', content: PROMPT }], temperature: 0 };

describe('what an error quotes of the content', () => {
  const hide = (text: string, content: unknown = REQUEST): string => hideQuoted(text, textsIn(content));

  it('is hidden whole, line by line, and as JSON writes it', () => {
    const line = 'She waits for parcel 4711 since Monday.';
    expect(hide(`bad prompt: ${PROMPT}!`)).to.equal('bad prompt: [REDACTED]\n[REDACTED]!');
    expect(hide(`bad line: ${line}`)).to.equal('bad line: [REDACTED]');
    expect(hide(`body: ${JSON.stringify({ prompt: PROMPT })}`)).to.equal(
      String.raw`body: {"prompt":"[REDACTED]\n[REDACTED]"}`,
    );
    expect(hide(JSON.stringify('a "quoted" word of it'), ['a "quoted" word of it'])).to.equal('"[REDACTED]"');
  });

  it('is hidden where its beginning is all that is quoted', () => {
    expect(hide(`bad prompt: "${PROMPT.slice(0, 20)}…", and "${PROMPT.slice(0, 30)}…"`)).to.equal(
      'bad prompt: "[REDACTED]…", and "[REDACTED]…"',
    );
  });

  it('is hidden wherever it stands in the arguments', () => {
    expect(textsIn([{ body: { deep: [{ text: 'one of many' }] } }, 'another one'])).to.deep.equal([
      'one of many',
      'another one',
    ]);
    expect(hide('one of many, another one', [{ a: ['another one'] }, new Map(), 'one of many'])).to.equal(
      '[REDACTED], [REDACTED]',
    );
  });

  it('is not the model, a role, or a word that anybody uses', () => {
    const text = 'The model `gpt-4o-mini` takes no assistant message';
    expect(hide(text)).to.equal(text);
    expect(hide('a short word', ['short'])).to.equal('a short word');
  });

  it('is found without running code of the arguments, within bounds', () => {
    const trapped = {
      get text(): string {
        throw new Error('ran');
      },
      toJSON: (): never => {
        throw new Error('ran');
      },
    };
    const proxy = new Proxy({}, { ownKeys: () => expect.fail('ran') });
    expect(textsIn([trapped, proxy]).filter((text) => text.includes('ran'))).to.deep.equal([]);
    expect(textsIn(Array.from({ length: 10_000 }, (_, index) => `text number ${index}`))).to.have.length.below(4001);
    expect(hide('x'.repeat(100_000), ['x'.repeat(50_000)])).to.equal('[REDACTED][REDACTED]');
  });
});
