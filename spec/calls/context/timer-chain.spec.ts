import { context } from '@opentelemetry/api';
import { expect } from 'chai';
import type { Tracing } from 'spanwright';
import { configureTracing, createTracing, getTracer, Traced, withContext, Workflow } from 'spanwright';

const STEPS = 300;

type Step = (work: () => void) => void;

class Payload {
  readonly bytes = new Array<number>(100).fill(0);
}

class Poller {
  readonly payload = new Payload();

  @Traced({ args: true, attributes: { kind: 'step' } })
  step(work: () => void): void {
    work();
  }
}

const inner = createTracing({ destinations: [{ provider: 'memory', maxSpans: 1 }] });

/** How one step of the chain is traced; each starts the next from inside. */
const STEPS_BY_KIND: Readonly<Record<string, Step>> = {
  'a decorated method': (work) => new Poller().step(work),
  'an async method': (work) =>
    void Traced.run('step', async () => {
      await Promise.resolve();
      work();
    }),
  'a call that fails': (work) => {
    try {
      Traced.run('step', () => {
        work();
        throw new Error('on purpose');
      });
    } catch {
      // The chain goes on.
    }
  },
  'a workflow': (work) => Workflow.run({ name: 'flow' }, work),
  'a call in the context of a user': (work) => withContext({ userId: 'u' }, () => Traced.run('step', work)),
  'a new root': (work) => Traced.run({ name: 'step', root: true }, work),
  'a tracing of its own': (work) => Traced.run({ name: 'step', tracing: inner }, work),
  'a call below a span by hand': (work) =>
    getTracer().startActiveSpan('by hand', (span) => {
      Traced.run('step', work);
      span.end();
    }),
  'a generator': (work) => {
    for (const item of Traced.wrap(function* items() {
      work();
      yield 1;
    })()) {
      if (item === 1) break;
    }
  },
};

async function runChain(step: Step): Promise<readonly WeakRef<object>[]> {
  const contexts: WeakRef<object>[] = [];
  await new Promise<void>((resolve) => {
    const tick = (): void => {
      if (contexts.length === STEPS) {
        resolve();
        return;
      }
      step(() => {
        contexts.push(new WeakRef(context.active()));
        setImmediate(tick);
      });
    };
    tick();
  });
  return contexts;
}

describe('a chain of timers, each started in the call of the former', function () {
  this.timeout(20_000);
  let tracing: Tracing;
  before(function () {
    if (globalThis.gc === undefined) this.skip();
    tracing = configureTracing({ destinations: [{ provider: 'memory', maxSpans: 1 }] });
    inner.start();
  });
  after(async () => {
    await inner.close();
    await tracing.shutdown();
  });

  for (const [name, step] of Object.entries(STEPS_BY_KIND)) {
    it(`keeps no chain of contexts alive: ${name}`, async () => {
      const contexts = await runChain(step);
      // A WeakRef holds its target until the turn is over.
      await new Promise((resolve) => {
        setTimeout(resolve, 1);
      });
      globalThis.gc?.();
      const alive = contexts.filter((one) => one.deref() !== undefined);
      expect(alive.length).to.be.below(10);
    });
  }

  it('does not keep the receiver of a finished call alive', async () => {
    let timer: NodeJS.Timeout | undefined;
    const receiver = ((): WeakRef<object> => {
      const poller = new Poller();
      poller.step(() => {
        timer = setInterval(() => {}, 60_000);
      });
      return new WeakRef(poller);
    })();
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
    globalThis.gc?.();
    clearInterval(timer);
    expect(receiver.deref()).to.equal(undefined);
  });
});
