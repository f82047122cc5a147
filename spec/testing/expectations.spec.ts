import { AssertionError } from 'node:assert';
import { trace } from '@opentelemetry/api';
import { expect } from 'chai';
import { Traced, withExtractedContext } from 'spanwright';
import { captureSpans, expectNoOpenCalls, expectOneTree } from 'spanwright/testing';
import { madeSpan } from '../pipeline/made-spans.js';

class Service {
  @Traced
  async outer(work: () => unknown): Promise<void> {
    await this.inner(work);
  }

  @Traced
  async inner(work: () => unknown): Promise<void> {
    await work();
  }

  @Traced
  *stream(): Generator<number> {
    yield 1;
    yield 2;
  }
}

function failureOf(work: () => unknown): AssertionError {
  try {
    work();
  } catch (error) {
    if (error instanceof AssertionError) return error;
    throw error;
  }
  return expect.fail('expected a failure');
}

const clean = (message: string): string => message.replaceAll(/\(\d+(?:\.\d+)? m?s\)/g, '(…)');

describe('expectNoOpenCalls', () => {
  it('passes when every call has ended', async () => {
    await captureSpans(async () => {
      await new Service().outer(() => {});
      expect([...new Service().stream()]).to.deep.equal([1, 2]);
    });
    expectNoOpenCalls();
  });

  it('fails while a promise is not settled', async () => {
    await captureSpans(async () => {
      let finish: (() => void) | undefined;
      const running = new Service().outer(
        () =>
          new Promise<void>((resolve) => {
            finish = resolve;
          }),
      );
      const failure = failureOf(expectNoOpenCalls);
      expect(failure).to.include({ actual: 2, expected: 0, operator: 'expectNoOpenCalls' });
      expect(failure.message).to.equal(
        'expected no open calls, got 2; a stream was not read to its end, or a promise did not settle',
      );
      finish?.();
      await running;
    });
    expectNoOpenCalls();
  });

  it('fails while a stream is not read to its end', async () => {
    await captureSpans(() => {
      const stream = new Service().stream();
      stream.next();
      expect(failureOf(expectNoOpenCalls)).to.include({ actual: 1 });
      stream.return(undefined);
    });
    expectNoOpenCalls();
  });
});

describe('expectOneTree', () => {
  it('passes for one root with everything below it', async () => {
    await captureSpans(async (spans) => {
      await new Service().outer(() => trace.getTracer('mine').startSpan('by hand').end());
      expectOneTree(spans);
      expectOneTree(spans.finished());
    });
  });

  it('fails for no spans', () => {
    const failure = failureOf(() => expectOneTree([]));
    expect(failure.message).to.equal(
      'expected one tree, got 0 roots, 0 traces and 0 spans without their parent:\n(no spans)',
    );
  });

  it('fails for two roots', async () => {
    await captureSpans(async (spans) => {
      await new Service().outer(() => {});
      await new Service().inner(() => {});
      const failure = failureOf(() => expectOneTree(spans));
      expect(failure).to.deep.include({
        actual: { roots: 2, traces: 2, orphans: 0 },
        expected: { roots: 1, traces: 1, orphans: 0 },
        operator: 'expectOneTree',
      });
      expect(clean(failure.message)).to.equal(
        [
          'expected one tree, got 2 roots, 2 traces and 0 spans without their parent:',
          'Service.outer (…)',
          '└─ Service.inner (…)',
          'Service.inner (…)',
        ].join('\n'),
      );
    });
  });

  it('fails for a span whose parent is missing', async () => {
    await captureSpans(async (spans) => {
      await new Service().outer(async () => {
        await Promise.resolve();
        expect(failureOf(() => expectOneTree(spans)).message).to.contain('got 0 roots, 0 traces');
      });
      const [inner] = spans.finished();
      const failure = failureOf(() => expectOneTree(inner === undefined ? [] : [inner]));
      expect(clean(failure.message)).to.equal(
        'expected one tree, got 0 roots, 1 traces and 1 spans without their parent:\nService.inner (…)',
      );
    });
  });

  it('fails within one trace as well: two roots, or a root and a span without its parent', () => {
    const failing = [
      [{ id: 1 }, { id: 2 }],
      [{ id: 1 }, { id: 2, parent: 1 }, { id: 4, parent: 3 }],
    ];
    const counts = failing.map((spans) => failureOf(() => expectOneTree(spans.map(madeSpan))).actual);
    expect(counts).to.deep.equal([
      { roots: 2, traces: 1, orphans: 0 },
      { roots: 1, traces: 1, orphans: 1 },
    ]);
    expectOneTree([{ id: 1 }, { id: 2, parent: 1 }].map(madeSpan));
  });

  it('fails for a tree whose root is in another process', async () => {
    const traceparent = `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`;
    await captureSpans(async (spans) => {
      await withExtractedContext({ traceparent }, () => new Service().outer(() => {}));
      expect(spans.finished()).to.have.lengthOf(2);
      expect(failureOf(() => expectOneTree(spans)).actual).to.deep.equal({ roots: 0, traces: 1, orphans: 1 });
    });
  });
});
