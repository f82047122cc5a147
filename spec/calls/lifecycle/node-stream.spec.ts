import { once } from 'node:events';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Duplex, PassThrough, Readable, Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { expectNoOpenCalls } from 'spanwright/testing';
import { Traced } from 'spanwright';
import { expect } from 'chai';

import { captureEach } from './fixtures/capture-each.js';
import { turn } from './fixtures/collect.js';
import { describeLifecycle } from './fixtures/lifecycle.js';
import type { LifecycleCase } from './fixtures/lifecycle.js';
import type { ModelServer } from './fixtures/model-server.js';
import { startModelServer } from './fixtures/model-server.js';
import type { Stage } from './fixtures/stage.js';

let server: ModelServer;

before(async () => {
  server = await startModelServer();
});
after(() => server[Symbol.asyncDispose]());

function letters(stage: Stage, fails = false): Readable {
  const left = ['a', 'b', 'c'];
  stage.produce('opened');
  return new Readable({
    objectMode: true,
    highWaterMark: 1,
    read() {
      stage.note(`read ${left.length}`);
      const next = left.shift();
      if (next === undefined && fails) this.destroy(stage.failure);
      else this.push(next ?? null);
    },
    destroy(error, done) {
      stage.note(`destroy ${String(error?.message)}`);
      done(error);
    },
  });
}

async function readAll(stream: Readable, stage: Stage): Promise<unknown[]> {
  const seen: unknown[] = [];
  for await (const chunk of stream) {
    stage.consume(chunk);
    stage.spend();
    seen.push(chunk);
  }
  return seen;
}

const cases: readonly LifecycleCase<Readable>[] = [
  { title: 'read with for-await', make: letters, use: readAll },
  {
    title: 'read by its events',
    make: letters,
    use: async (stream, stage) => {
      const seen: unknown[] = [];
      stream.on('data', (chunk) => seen.push(chunk));
      stream.on('end', () => stage.note('end'));
      await once(stream, 'close');
      return seen;
    },
  },
  {
    title: 'read with read()',
    make: letters,
    use: async (stream) => {
      const seen: unknown[] = [];
      stream.on('readable', () => {
        for (let chunk: unknown = stream.read(); chunk !== null; chunk = stream.read()) seen.push(chunk);
      });
      await once(stream, 'end');
      return seen;
    },
  },
  {
    title: 'piped',
    make: letters,
    use: async (stream) => {
      const target = new PassThrough({ objectMode: true });
      return [await stream.pipe(target).toArray()];
    },
  },
  { title: 'in a pipeline', make: letters, use: (stream) => pipeline(stream, readTo) },
  { title: 'used as a Web stream', make: letters, use: async (stream) => await readTo(Readable.toWeb(stream)) },
  { title: 'left with break', make: letters, use: leave, outcome: 'cancelled' },
  {
    title: 'destroyed',
    make: letters,
    use: async (stream, stage) => {
      stage.spend();
      await once(stream.destroy(), 'close');
    },
    outcome: 'cancelled',
  },
  {
    title: 'aborted by a signal',
    make: (stage) => {
      const controller = new AbortController();
      stage.note('abort');
      queueMicrotask(() => controller.abort());
      return Readable.from(letters(stage), { signal: controller.signal });
    },
    use: async (stream, stage) => {
      const error: unknown = await readAll(stream, stage).catch((thrown: unknown) => thrown);
      return (error as Error).name;
    },
    outcome: 'cancelled',
  },
  { title: 'failing', make: (stage) => letters(stage, true), use: readAll, outcome: 'error' },
  {
    title: 'destroyed with an error',
    make: letters,
    use: async (stream, stage) => {
      const failed = once(stream, 'error');
      stream.destroy(stage.failure);
      return (await failed) as unknown;
    },
    outcome: 'error',
  },
  {
    title: 'in a pipeline whose destination fails',
    make: letters,
    use: async (stream, stage) => {
      const target = new Writable({ objectMode: true, write: (_chunk, _encoding, done) => done(stage.failure) });
      await pipeline(stream, target);
    },
    outcome: 'error',
  },
  {
    title: 'that is a Duplex',
    make: (stage) => Duplex.from(letters(stage)),
    use: readAll,
  },
  {
    title: 'that is a Transform',
    make: (stage) =>
      letters(stage).pipe(new Transform({ objectMode: true, transform: (c, _e, done) => done(null, c) })),
    use: readAll,
  },
  {
    title: 'that is destroyed already',
    make: (stage) => letters(stage).destroy(),
    use: (stream) => stream.destroyed,
    outcome: 'cancelled',
  },
  { title: 'never read', make: letters, use: (_stream, stage) => stage.spend(), outcome: 'abandoned' },
];

async function leave(stream: Readable, stage: Stage): Promise<void> {
  for await (const chunk of stream) {
    stage.consume(chunk);
    break;
  }
}

async function readTo(stream: AsyncIterable<unknown>): Promise<unknown[]> {
  const seen: unknown[] = [];
  for await (const chunk of stream) seen.push(chunk);
  return seen;
}

describeLifecycle({ title: 'A Node Readable', isSameObject: true }, cases);

function request(path: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(new URL(path, server.url), resolve).once('error', reject);
  });
}

const promised: readonly LifecycleCase<Promise<Readable>>[] = [
  {
    title: 'of an HTTP response, read',
    make: () => request('/v1/models'),
    use: async (message, stage) => {
      const chunks = await readAll(await message, stage);
      return Buffer.concat(chunks as Buffer[]).length;
    },
  },
  {
    title: 'that has ended already',
    make: async (stage) => {
      const stream = letters(stage);
      await readTo(stream);
      return stream;
    },
    use: async (stream) => (await stream).readableEnded,
  },
  {
    title: 'that has failed already',
    make: async (stage) => {
      const stream = letters(stage, true);
      await readTo(stream).catch(() => 'failed');
      return stream;
    },
    use: async (stream) => (await stream).destroyed,
    outcome: 'error',
  },
];

describeLifecycle({ title: 'A promise of a Node Readable', isSameObject: false }, promised);

describe('A Node Readable that a traced function returns', () => {
  const finished = captureEach();

  it('has no error handler of ours', async () => {
    const stream = Traced.wrap('open', () => new Readable({ read() {} }))();
    expect(stream.listenerCount('error')).equal(0);
    const uncaught = new Promise((resolve) => {
      process.setUncaughtExceptionCaptureCallback(resolve);
    });
    const failure = new RangeError('nobody listens');
    stream.destroy(failure);
    try {
      expect(await uncaught).equal(failure);
    } finally {
      process.setUncaughtExceptionCaptureCallback(null);
    }
    expect(finished().map(({ status }) => status.code)).deep.equal([2]);
  });

  it('is not read ahead', async () => {
    let reads = 0;
    const stream = Traced.wrap('open', () => new Readable({ read: () => void reads++ }))();
    await turn();
    expect([reads, stream.readableFlowing]).deep.equal([0, null]);
    stream.destroy();
    await once(stream, 'close');
    expectNoOpenCalls();
  });
});
