import { setTimeout as delay } from 'node:timers/promises';
import { trace } from '@opentelemetry/api';
import { expect } from 'chai';
import { Traced } from 'spanwright';
import type { CapturedSpans } from 'spanwright/testing';
import { captureSpans, expectOneTree } from 'spanwright/testing';
import { registeredGlobals } from './otel-globals.js';

class Service {
  @Traced({ attributes: (id: string) => ({ id }) })
  async work(id: string): Promise<string> {
    await delay(1);
    await trace.getTracer('mine').startActiveSpan(`by hand ${id}`, async (span) => {
      await this.inner(id);
      span.end();
    });
    return id;
  }

  @Traced({ args: true })
  async inner(_id: string): Promise<void> {
    await delay(1);
  }
}

const namesOf = (spans: CapturedSpans): string[] => spans.finished().map(({ name }) => name);

describe('captureSpans with a function', () => {
  it('gives what the function gives, and undoes everything', async () => {
    const before = registeredGlobals();
    expect(await captureSpans(() => 5)).to.equal(5);
    expect(await captureSpans(async () => await Promise.resolve('later'))).to.equal('later');
    expect(registeredGlobals()).to.deep.equal(before);
  });

  it('undoes everything when the function fails, and passes the same error on', async () => {
    const before = registeredGlobals();
    const cause = new Error('mine');
    const failing: (() => unknown)[] = [
      () => {
        throw cause;
      },
      () => Promise.reject(cause),
    ];
    for (const work of failing) {
      const seen = await captureSpans(work).catch((reason: unknown) => reason);
      expect(seen).to.equal(cause);
    }
    expect(registeredGlobals()).to.deep.equal(before);
  });

  it('sees its own spans alone, at the same time as others', async () => {
    const capture = (id: string): Promise<string[]> =>
      captureSpans(async (spans) => {
        await new Service().work(id);
        expectOneTree(spans);
        expect(new Set(spans.finished().map(({ resource }) => resource)).size).to.equal(1);
        return namesOf(spans);
      });
    const ids = Array.from({ length: 20 }, (_, index) => `${index}`);
    const outside = new Service().work('outside');
    const all = await Promise.all(ids.map(capture));
    await outside;
    expect(all).to.deep.equal(ids.map((id) => ['Service.inner', `by hand ${id}`, 'Service.work']));
  });

  it('nests: the outer one sees what the inner one sees', async () => {
    const [inner, outer] = await captureSpans(async (around) => {
      await new Service().inner('before');
      const within = await captureSpans(async (spans) => {
        await new Service().work('within');
        return namesOf(spans);
      });
      return [within, namesOf(around)] as const;
    });
    expect(inner).to.have.lengthOf(3);
    expect(outer).to.deep.equal(['Service.inner', ...inner]);
  });

  it('works beside one that sees everything', async () => {
    const everything = captureSpans();
    try {
      const [a, b] = await Promise.all(
        ['a', 'b'].map((id) =>
          captureSpans(async (spans) => {
            await new Service().work(id);
            return namesOf(spans).length;
          }),
        ),
      );
      expect([a, b]).to.deep.equal([3, 3]);
      expect(everything.finished()).to.have.lengthOf(6);
    } finally {
      everything.stop();
    }
  });

  it('does not see what ends after it', async () => {
    let late: Promise<string> | undefined;
    const spans = await captureSpans((captured) => {
      late = new Service().work('late');
      return captured;
    });
    await late;
    expect(namesOf(spans)).to.deep.equal([]);
  });
});
