import { AsyncResource } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import { expect } from 'chai';
import { currentCall, health, Traced } from 'spanwright';
import { captureSpans } from 'spanwright/testing';

const ROOTS = 1000;
const LEVELS = 3;

type Branch = (index: number) => Promise<void>;
type Way = (branch: Branch) => Promise<unknown>;

// One loop for the whole process that calls what others gave it, as connection pools do.
class Pool {
  readonly #jobs: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;

  run(job: () => void): void {
    this.#jobs.push(AsyncResource.bind(job));
  }

  start(): void {
    this.#timer = setInterval(() => {
      for (const job of this.#jobs.splice(0)) job();
    }, 1);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

const pool = new Pool();

function later(schedule: (work: () => void) => void): Way {
  return (branch) =>
    new Promise((resolve, reject) => {
      schedule(() => {
        branch(0).then(resolve, reject);
      });
    });
}

async function failAfter(branch: Promise<void>): Promise<never> {
  await branch;
  throw new Error('one of them fails');
}

/** How a call starts the calls below. */
const WAYS: readonly Way[] = [
  (branch) => Promise.all([branch(0), branch(1), branch(2)]),
  (branch) => Promise.allSettled([branch(0), failAfter(branch(1)), branch(2)]),
  async (branch) => {
    const branches = [branch(0), branch(1), branch(2)];
    await Promise.race(branches);
    await Promise.any(branches);
    await Promise.all(branches);
  },
  later((work) => setTimeout(work, 1)),
  later((work) => setImmediate(work)),
  later((work) => queueMicrotask(work)),
  later((work) => process.nextTick(work)),
  later((work) => {
    const emitter = new EventEmitter();
    emitter.once('go', work);
    emitter.emit('go');
  }),
  later((work) => pool.run(work)),
];

class Tree {
  /** `path` says where the call stands: `17.0.2` is below `17.0`. */
  @Traced({ attributes: (path: string) => ({ path }) })
  async grow(path: string, level: number): Promise<void> {
    const here = currentCall()?.spanId;
    const way = WAYS[(Number(path.split('.')[0]) + level) % WAYS.length] as Way;
    if (level < LEVELS) await way((index) => this.grow(`${path}.${index}`, level + 1));
    else await new Promise(setImmediate);
    expect(currentCall()?.spanId).to.equal(here);
    for await (const item of this.items(path)) expect(item).to.equal(path);
    expect(currentCall()?.spanId).to.equal(here);
  }

  @Traced({ attributes: (path: string) => ({ path: `${path}.items` }) })
  async *items(path: string): AsyncGenerator<string> {
    yield path;
    await Promise.resolve(this.touch(path));
    yield path;
  }

  @Traced({ attributes: (path: string) => ({ path: `${path}.items.touch` }) })
  touch(_path: string): void {}
}

describe('concurrent roots', function () {
  this.timeout(30_000);

  it(`give each call below its own parent and trace, ${ROOTS} roots with ${LEVELS} levels`, async () => {
    const spans = captureSpans();
    pool.start();
    const before = health().calls;
    try {
      const tree = new Tree();
      await Promise.all(Array.from({ length: ROOTS }, (_item, index) => tree.grow(String(index), 0)));
    } finally {
      pool.stop();
      spans.stop();
    }
    const finished = spans.finished();
    const byPath = new Map(finished.map((span) => [String(span.attributes['path']), span]));
    expect(byPath.size).to.equal(finished.length);
    expect(finished.length).to.be.above(ROOTS * 13);
    for (const [path, span] of byPath) {
      const end = path.lastIndexOf('.');
      const parent = byPath.get(path.slice(0, Math.max(end, 0)));
      expect(span.parentSpanContext?.spanId, path).to.equal(parent?.spanContext().spanId);
      if (parent !== undefined) expect(span.spanContext().traceId, path).to.equal(parent.spanContext().traceId);
      expect(parent === undefined, path).to.equal(end < 0);
    }
    expect(new Set(finished.map((span) => span.spanContext().traceId)).size).to.equal(ROOTS);
    expect(health().calls.opened - before.opened).to.equal(finished.length);
  });
});
