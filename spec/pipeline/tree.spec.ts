import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { expect } from 'chai';
import { printTree } from '#lib/pipeline/tree.js';
import { madeSpan } from './made-spans.js';

const lines = (...spans: Parameters<typeof madeSpan>[0][]): string[] => printTree(spans.map(madeSpan)).split('\n');

describe('the tree of the console', () => {
  it('shows names, kinds, durations, status, attributes and events, children by their start', () => {
    expect(
      lines(
        { id: 5, parent: 3, name: 'second', duration: [2, 345_678_901] },
        { id: 4, parent: 3, name: 'first', kind: SpanKind.CLIENT, attributes: { 'http.status': 200, ok: true } },
        { id: 6, parent: 4, name: 'below', duration: [0, 42_400_000] },
        { id: 3, name: 'root', attributes: { 'code.function.name': 'root', text: 'two words', list: ['a', 'b'] } },
        {
          id: 7,
          parent: 5,
          name: 'failed',
          status: { code: SpanStatusCode.ERROR, message: 'no' },
          attributes: { 'error.type': 'Error', 'code.function.name': 'other' },
          events: [
            { name: 'exception', time: [0, 0] },
            { name: 'retry', time: [0, 0] },
          ],
        },
        { id: 8, parent: 5, name: 'left', attributes: { 'spanwright.outcome': 'cancelled', empty: '' } },
      ),
    ).to.deep.equal([
      'root (1.50 ms) text="two words" list=["a","b"]',
      '├─ first CLIENT (1.50 ms) http.status=200 ok=true',
      '│  └─ below (42 ms)',
      '└─ second (2.35 s)',
      '   ├─ failed (1.50 ms) ERROR: no error.type=Error code.function.name=other [exception, retry]',
      '   └─ left (1.50 ms) cancelled empty=""',
    ]);
  });

  it('shows several trees, and a span whose parent is unknown as one of them', () => {
    expect(
      lines({ id: 2 }, { id: 1, trace: 2, name: 'other trace' }, { id: 9, parent: 99 }, { id: 10, parent: 9 }),
    ).to.deep.equal(['other trace (1.50 ms)', 'span 2 (1.50 ms)', 'span 9 (1.50 ms)', '└─ span 10 (1.50 ms)']);
  });

  it('shows nothing for nothing', () => {
    expect(printTree([])).to.equal('');
  });

  it('escapes what a terminal would act on, wherever it stands', () => {
    const evil = 'a\u001b[31m\u0007\u009b2J\r\n\t\u202e\u2028\u2066\u200f\u061cz';
    const printed = lines(
      {
        id: 1,
        name: evil,
        status: { code: SpanStatusCode.ERROR, message: evil },
        attributes: { [evil]: evil, list: [evil] },
        events: [{ name: evil, time: [0, 0] }],
      },
      { id: 2, attributes: { 'spanwright.outcome': evil } },
    );
    expect(printed).to.have.lengthOf(2);
    const line = printed.join('');
    // oxlint-disable-next-line no-misleading-character-class -- these are the characters
    expect(line).to.not.match(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
    expect(line).to.contain('a\\u001b[31m\\u0007\\u009b2J\\u000d\\n\\t\\u202e\\u2028\\u2066\\u200f\\u061cz');
  });

  it('cuts long values and keeps a span on its line', () => {
    const [line] = lines({ id: 1, attributes: { long: 'x'.repeat(1000), text: 'y '.repeat(200) } });
    expect(line).to.equal(`span 1 (1.50 ms) long=${'x'.repeat(120)}… text="${'y '.repeat(60)}…"`);
  });

  it('takes attributes of any kind, undefined included', () => {
    const attributes = { nothing: undefined, number: Number.NaN, negative: -0, list: [null, 'a'] } as never;
    expect(lines({ id: 1, attributes })).to.deep.equal(['span 1 (1.50 ms) number=NaN negative=0 list=[null,"a"]']);
  });

  it('prints a trace that is deeper than any stack, in lines of bounded length', () => {
    const depth = 10_000;
    const spans = Array.from({ length: depth }, (_, index) =>
      madeSpan({ id: index + 1, ...(index === 0 ? {} : { parent: index }) }),
    );
    const printed = printTree(spans).split('\n');
    expect(printed).to.have.lengthOf(depth);
    expect(printed[2]).to.equal('   └─ span 3 (1.50 ms)');
    expect(printed.at(-1)).to.contain('span 10000 (1.50 ms)');
    expect(Math.max(...printed.map(({ length }) => length))).to.be.below(500);
  });
});
