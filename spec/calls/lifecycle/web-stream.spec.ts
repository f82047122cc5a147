import { expectNoOpenCalls } from 'spanwright/testing';
import { Traced } from 'spanwright';
import { expect } from 'chai';

import { captureEach } from './fixtures/capture-each.js';
import { turn } from './fixtures/collect.js';
import { describeLifecycle } from './fixtures/lifecycle.js';
import type { LifecycleCase } from './fixtures/lifecycle.js';
import { Stage } from './fixtures/stage.js';
import { bytes, drain, letters, readAll } from './fixtures/web-sources.js';

const read: readonly LifecycleCase<ReadableStream<string>>[] = [
  { title: 'read with a reader', make: letters, use: (stream, stage) => drain(stream.getReader(), stage) },
  { title: 'read with for-await', make: letters, use: readAll },
  {
    title: 'read with its values',
    make: letters,
    use: (stream, stage) => readAll(stream.values({ preventCancel: true }), stage),
  },
  {
    title: 'read by one reader after the other',
    make: letters,
    use: async (stream, stage) => {
      const first = stream.getReader();
      const seen = [(await first.read()).value];
      first.releaseLock();
      stage.note(await first.closed.catch((error: unknown) => (error as Error).name));
      return [...seen, ...(await drain(stream.getReader(), stage))];
    },
  },
  {
    title: 'left with break and read again',
    make: letters,
    use: async (stream, stage) => {
      for await (const chunk of stream.values({ preventCancel: true })) {
        stage.consume(chunk);
        break;
      }
      return await readAll(stream, stage);
    },
  },
  {
    title: 'locked by one reader and asked for another',
    make: letters,
    use: async (stream, stage) => {
      const reader = stream.getReader();
      expect(() => stream.getReader()).throw(TypeError);
      expect(() => stream.tee()).throw(TypeError);
      stage.note(await stream.cancel().catch((error: unknown) => (error as Error).name));
      return await drain(reader, stage);
    },
  },
  {
    title: 'split with tee, both branches read',
    make: letters,
    use: (stream, stage) => {
      const [left, right] = stream.tee();
      return Promise.all([drain(left.getReader(), stage), drain(right.getReader(), stage)]);
    },
  },
  {
    title: 'split with tee, one branch cancelled, twice, and the other read',
    make: letters,
    use: async (stream, stage) => {
      const [left, right] = stream.tee();
      void left.cancel('first');
      void left.cancel('second');
      return await readAll(right, stage);
    },
  },
  {
    title: 'split with tee again and again',
    make: letters,
    use: async (stream, stage) => {
      const [left, right] = stream.tee();
      const [third, fourth] = left.tee();
      void right.cancel();
      void fourth.cancel();
      return await readAll(third, stage);
    },
  },
  {
    title: 'cancelled',
    make: letters,
    use: async (stream, stage) => {
      stage.spend();
      await stream.cancel('enough');
      return await readAll(stream, stage);
    },
    outcome: 'cancelled',
  },
  {
    title: 'cancelled by its reader',
    make: letters,
    use: async (stream) => {
      const reader = stream.getReader();
      return [await reader.read(), await reader.cancel('enough'), await reader.read()];
    },
    outcome: 'cancelled',
  },
  {
    title: 'left with break',
    make: letters,
    use: async (stream, stage) => {
      for await (const chunk of stream) {
        stage.consume(chunk);
        break;
      }
    },
    outcome: 'cancelled',
  },
  {
    title: 'left with a throw of the consumer',
    make: letters,
    use: async (stream, stage) => {
      for await (const chunk of stream) if (chunk === 'b') throw stage.failure;
    },
    outcome: 'cancelled',
  },
  {
    title: 'split with tee, both branches cancelled',
    make: letters,
    use: async (stream) => {
      const [left, right] = stream.tee();
      await Promise.all([left.cancel('left'), right.cancel('right')]);
    },
    outcome: 'cancelled',
  },
  {
    title: 'failing under a reader',
    make: (stage) => letters(stage, true),
    use: (stream, stage) => drain(stream.getReader(), stage),
    outcome: 'error',
  },
  { title: 'failing under for-await', make: (stage) => letters(stage, true), use: readAll, outcome: 'error' },
  {
    title: 'failing under a branch of a tee',
    make: (stage) => letters(stage, true),
    use: (stream, stage) => drain(stream.tee()[1].getReader(), stage),
    outcome: 'error',
  },
  {
    title: 'closed from the start',
    make: () => new ReadableStream({ start: (controller) => controller.close() }),
    use: readAll,
  },
  { title: 'never read', make: letters, use: (_stream, stage) => stage.spend(), outcome: 'abandoned' },
  {
    title: 'left after its first chunk',
    make: letters,
    use: async (stream) => (await stream.getReader().read()).value,
    outcome: 'abandoned',
  },
  {
    title: 'split with tee, one branch cancelled and the other forgotten',
    make: letters,
    use: (stream) => {
      void stream.tee()[0].cancel();
    },
    outcome: 'abandoned',
  },
];

describeLifecycle({ title: 'A Web stream', isSameObject: true }, read);

const binary: readonly LifecycleCase<ReadableStream<Uint8Array<ArrayBuffer>>>[] = [
  { title: 'read', make: bytes, use: async (stream, stage) => (await drain(stream.getReader(), stage)).map(String) },
  {
    title: 'read into buffers of the caller',
    make: bytes,
    use: async (stream) => {
      const reader = stream.getReader({ mode: 'byob' });
      const seen: number[] = [];
      let step = await reader.read(new Uint8Array(4));
      while (!step.done) {
        seen.push(...step.value);
        step = await reader.read(new Uint8Array(step.value.buffer));
      }
      return seen;
    },
  },
  {
    title: 'cancelled while it is read into a buffer',
    make: bytes,
    use: async (stream) => {
      const reader = stream.getReader({ mode: 'byob' });
      await reader.read(new Uint8Array(4));
      await reader.cancel('enough');
    },
    outcome: 'cancelled',
  },
];

describeLifecycle({ title: 'A byte stream', isSameObject: true }, binary);

describe('A Web stream that a traced function returns', () => {
  const finished = captureEach();

  it('is not read ahead', async () => {
    const stage = new Stage(new RangeError('unused'));
    const reader = Traced.wrap('open', () => letters(stage))().getReader();
    await turn();
    expect(stage.log).deep.equal(['produced start']);
    await reader.read();
    await turn();
    expect(stage.log).deep.equal(['produced start', 'produced pull 3']);
    await reader.cancel();
    expectNoOpenCalls();
  });

  it('keeps its call open until the last chunk was read', async () => {
    const reader = Traced.wrap('open', () => letters(new Stage(new RangeError('unused'))))().getReader();
    for (let i = 0; i < 3; i++) await reader.read();
    expect(finished().filter(({ name }) => name === 'open')).empty;
    expect((await reader.read()).done).equal(true);
    expect(finished().filter(({ name }) => name === 'open')).length(1);
  });

  it('ends its call on return when somebody reads it already', () => {
    const stream = letters(new Stage(new RangeError('unused')));
    stream.getReader();
    expect(Traced.wrap('open', () => stream)()).equal(stream);
    expectNoOpenCalls();
  });
});
