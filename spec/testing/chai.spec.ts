import * as chai from 'chai';
import { Task, Traced } from 'spanwright';
import type { CapturedSpans } from 'spanwright/testing';
import { captureSpans, spanwrightChai } from 'spanwright/testing';

chai.use(spanwrightChai);
const { expect } = chai;

class Desk {
  @Traced({ kind: 'client', attributes: (id: string) => ({ 'ticket.id': id, tags: ['a', 'b'], count: 2 }) })
  open(_id: string): void {
    this.archive();
  }

  @Task({ type: 'archive', onResult: () => ({ done: true }) })
  archive(): void {}

  @Traced
  fail(): never {
    throw new RangeError('too far');
  }
}

/** The message with durations replaced, which differ each time. */
function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    chai.assert(error instanceof chai.AssertionError, String(error));
    return error.message.replaceAll(/\(\d+(?:\.\d+)? m?s\)/g, '(…)');
  }
  return chai.assert.fail('expected a failure');
}

const TREE = [
  'Desk.open CLIENT (…) ticket.id=T-1 tags=["a","b"] count=2',
  '└─ task archive (…) code.function.name=Desk.archive task.type=archive done=true task.status=completed',
  'Desk.fail (…) ERROR: "too far" error.type=RangeError [exception]',
].join('\n');

describe('spanwrightChai', () => {
  let spans: CapturedSpans;

  before(() => {
    spans = captureSpans();
    new Desk().open('T-1');
    expect(() => new Desk().fail()).to.throw(RangeError);
    spans.stop();
  });

  it('finds spans by name, attributes, parent, status and event', () => {
    expect(spans).to.have.span('Desk.open');
    expect(spans)
      .to.have.span('Desk.open')
      .with.attributes({ 'ticket.id': 'T-1', tags: ['a', 'b'] })
      .and.status('unset');
    expect(spans)
      .to.have.span('Desk.open')
      .with.attributes({ 'ticket.id': /^T-\d$/g, count: /2/, missing: undefined });
    expect(spans).to.have.span('task archive').childOf('Desk.open').with.attributes({ done: true });
    expect(spans).to.have.span('Desk.fail').status('error').event('exception');
  });

  it('takes an array of spans as well', () => {
    expect(spans.finished()).to.have.span('Desk.open');
    expect(spans.finished().slice(0, 1)).to.not.have.span('Desk.open');
  });

  it('tests a pattern the same way each time, whatever its flags', () => {
    const pattern = /T-1/g;
    for (let time = 0; time < 3; time++)
      expect(spans).to.have.span('Desk.open').with.attributes({ 'ticket.id': pattern });
  });

  const failures: [string, () => unknown, string][] = [
    ['a span', () => expect(spans).to.have.span('Desk.close'), 'expected a span "Desk.close", the spans are:'],
    [
      'attributes',
      () => expect(spans).to.have.span('Desk.open').with.attributes({ 'ticket.id': 'T-2', pattern: /x/ }),
      'expected a span "Desk.open" with attributes {"ticket.id":"T-2","pattern":"/x/"}, the spans are:',
    ],
    [
      'an attribute that is missing, whatever the pattern',
      () => expect(spans).to.have.span('Desk.open').with.attributes({ missing: /.*/ }),
      'expected a span "Desk.open" with attributes {"missing":"/.*/"}, the spans are:',
    ],
    [
      'a parent',
      () => expect(spans).to.have.span('Desk.fail').childOf('Desk.open'),
      'expected a span "Desk.fail" as a child of "Desk.open", the spans are:',
    ],
    [
      'a parent that is no parent of the span with these attributes',
      () => expect(spans).to.have.span('Desk.open').with.attributes({ count: 2 }).childOf('Desk.open'),
      'expected a span "Desk.open" with attributes {"count":2} as a child of "Desk.open", the spans are:',
    ],
    [
      'a status',
      () => expect(spans).to.have.span('Desk.open').status('error'),
      'expected a span "Desk.open" with status error, the spans are:',
    ],
    [
      'an event',
      () => expect(spans).to.have.span('Desk.open').event('exception'),
      'expected a span "Desk.open" with an event "exception", the spans are:',
    ],
    ['no span', () => expect(spans).to.not.have.span('Desk.open'), 'expected no span "Desk.open", the spans are:'],
  ];
  for (const [what, work, message] of failures) {
    it(`fails for want of ${what}, and prints the tree`, () => {
      expect(messageOf(work)).to.equal(`${message}\n${TREE}`);
    });
  }

  it('says when there are no spans', () => {
    expect(messageOf(() => expect([]).to.have.span('x'))).to.equal('expected a span "x", the spans are:\n(no spans)');
  });

  it('refuses what holds no spans', () => {
    for (const source of [undefined, null, 5, 'text', {}, { finished: 5 }]) {
      expect(() => expect(source).to.have.span('x')).to.throw(TypeError, 'captureSpans()');
    }
  });

  it('does not fail on names that look like templates of chai', () => {
    expect(messageOf(() => expect(spans).to.have.span('#{this} #{exp}'))).to.contain('the spans are:');
  });
});
