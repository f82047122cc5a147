import { expect } from 'chai';
import { health, Traced } from 'spanwright';
import type { CapturedSpans, FinishedSpan } from 'spanwright/testing';
import { captureSpans } from 'spanwright/testing';
import { state } from '#lib/core/state.js';
import { HOSTILE_VALUES } from './hostile-values.js';
import { hostileProxy, revokedProxy } from './misbehaviors.js';
import { unhandledRejectionsOf } from './process-listeners.js';

const MAX_CONTENT_CHARS = 2_000_000;

class Echo {
  @Traced({ args: true, result: true })
  give(value: unknown): unknown {
    return value;
  }

  @Traced({ args: true, result: true })
  async giveLater(value: unknown): Promise<[unknown]> {
    return [value];
  }

  @Traced({ result: true })
  *giveItem(value: unknown): Generator {
    yield value;
  }

  @Traced({ args: true })
  fail(value: unknown): never {
    throw value as Error;
  }

  @Traced({ args: true })
  async failLater(value: unknown): Promise<never> {
    throw value as Error;
  }

  @Traced({ attributes: (value: unknown) => ({ value: value as string, list: [value] as string[] }) })
  describe(value: unknown): unknown {
    return value;
  }
}

function contentOf(span: FinishedSpan | undefined, key: string): unknown {
  const text = span?.attributes[key];
  if (text === undefined) return undefined;
  expect(text).to.be.a('string');
  expect((text as string).length).to.be.below(MAX_CONTENT_CHARS);
  try {
    return JSON.parse(text as string);
  } catch {
    // A string is kept as it is.
    return text;
  }
}

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return { error };
  }
  return undefined;
}

describe('a hostile value', function () {
  this.timeout(20_000);
  const echo = new Echo();
  let spans: CapturedSpans;
  beforeEach(() => {
    spans = captureSpans();
    state.logger = { warn: () => {} };
  });
  afterEach(() => {
    spans.stop();
    state.logger = undefined;
  });

  for (const { name, value, content } of HOSTILE_VALUES) {
    describe(name, () => {
      it('goes in and comes out as the same value', async () => {
        expect(echo.give(value)).to.equal(value);
        expect((await echo.giveLater(value))[0]).to.equal(value);
        expect([...echo.giveItem(value)][0]).to.equal(value);
        expect(spans.finished()).to.have.lengthOf(3);
      });

      it('is thrown and caught as the same value', async () => {
        const counted = health().calls.error;
        expect(thrownBy(() => echo.fail(value))).to.deep.equal({ error: value });
        let rejection: unknown;
        await echo.failLater(value).catch((error: unknown) => {
          rejection = error;
        });
        expect(rejection).to.equal(value);
        expect(spans.finished().map(({ status }) => status.code)).to.deep.equal([2, 2]);
        expect(health().calls.error - counted).to.equal(2);
      });

      it('becomes content that is bounded and readable', () => {
        echo.give(value);
        [...echo.giveItem(value)];
        const [given, items] = spans.finished();
        const result = contentOf(given, 'spanwright.result');
        const list = [contentOf(given, 'spanwright.arguments'), contentOf(items, 'spanwright.result')];
        if (content === undefined) return;
        expect(result).to.deep.equal(content);
        expect(list).to.deep.equal([[content], [content]]);
      });

      it('is an attribute without harm', async () => {
        const unhandled = await unhandledRejectionsOf(() => {
          expect(echo.describe(value)).to.equal(value);
        });
        expect(unhandled).to.deep.equal([]);
        expect(spans.finished()).to.have.lengthOf(1);
      });
    });
  }

  for (const [name, receiver] of [
    ['a proxy whose traps throw', hostileProxy()],
    ['a revoked proxy', revokedProxy()],
    [
      'an object whose constructor cannot be read',
      {
        get constructor(): never {
          throw new TypeError('read');
        },
      },
    ],
    ['an object on a proxy', Object.create(hostileProxy())],
    ['undefined', undefined],
    ['a symbol', Symbol('receiver')],
  ] as const) {
    it(`is the receiver of a call that has its span: ${name}`, () => {
      const { give } = Echo.prototype;
      expect(give.call(receiver as Echo, 'value')).to.equal('value');
      expect(spans.finished()).to.have.lengthOf(1);
    });
  }
});
