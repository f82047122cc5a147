import { Readable } from 'node:stream';

import { describeLifecycle } from './fixtures/lifecycle.js';
import type { LifecycleCase } from './fixtures/lifecycle.js';
import type { Stage } from './fixtures/stage.js';
import { letters, readAll } from './fixtures/web-sources.js';

type Letters = ReadableStream<string>;

function failing(stage: Stage): Letters {
  return letters(stage, true);
}

function collector(stage: Stage): { seen: string[]; target: WritableStream<string> } {
  const seen: string[] = [];
  const target = new WritableStream<string>({
    write(chunk) {
      stage.spend();
      stage.consume(chunk);
      seen.push(chunk);
    },
    abort: (reason) => stage.note(`abort ${String(reason)}`),
    close: () => stage.note('close'),
  });
  return { seen, target };
}

function upperCase(stage: Stage, failsAt = ''): TransformStream<string, string> {
  return new TransformStream({
    transform(chunk, controller) {
      stage.spend();
      stage.consume(chunk);
      if (chunk === failsAt) throw new TypeError('cannot transform');
      controller.enqueue(chunk.toUpperCase());
    },
  });
}

async function reasonOf(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => 'fulfilled',
    (error: unknown) => String(error),
  );
}

const pipes: readonly LifecycleCase<Letters>[] = [
  {
    title: 'piped to a destination',
    make: letters,
    use: async (stream, stage) => {
      const { seen, target } = collector(stage);
      await stream.pipeTo(target);
      return seen;
    },
  },
  {
    title: 'piped through a transform',
    make: letters,
    use: (stream, stage) => readAll(stream.pipeThrough(upperCase(stage)), stage),
  },
  {
    title: 'piped through two transforms',
    make: letters,
    use: async (stream, stage) =>
      await new Response(stream.pipeThrough(upperCase(stage)).pipeThrough(new TextEncoderStream())).text(),
  },
  {
    title: 'piped and failing',
    make: failing,
    use: async (stream, stage) => {
      const { seen, target } = collector(stage);
      stage.note(await reasonOf(stream.pipeTo(target)));
      return seen;
    },
    outcome: 'error',
  },
  {
    title: 'piped and failing, to a destination that cannot even be aborted',
    make: failing,
    use: (stream) => {
      const target = new WritableStream<string>({ abort: () => Promise.reject(new TypeError('cannot abort')) });
      return reasonOf(stream.pipeTo(target));
    },
    outcome: 'error',
    errorType: 'TypeError',
  },
  {
    title: 'piped through a transform and failing',
    make: failing,
    use: (stream, stage) => readAll(stream.pipeThrough(upperCase(stage)), stage),
    outcome: 'error',
  },
  {
    title: 'piped through a transform and left with break',
    make: letters,
    use: async (stream, stage) => {
      for await (const chunk of stream.pipeThrough(upperCase(stage))) if (chunk === 'A') break;
    },
    outcome: 'cancelled',
  },
  {
    title: 'piped through a transform and cancelled with a reason',
    make: letters,
    use: (stream, stage) => stream.pipeThrough(upperCase(stage)).cancel(stage.failure),
    outcome: 'cancelled',
  },
  {
    title: 'piped through a transform that fails',
    make: letters,
    use: (stream, stage) => reasonOf(readAll(stream.pipeThrough(upperCase(stage, 'b')), stage)),
    outcome: 'cancelled',
  },
  {
    title: 'piped to a destination that fails',
    make: letters,
    use: (stream, stage) =>
      reasonOf(
        stream.pipeTo(
          new WritableStream<string>({
            write() {
              throw stage.failure;
            },
          }),
        ),
      ),
    outcome: 'cancelled',
  },
  {
    title: 'piped to a destination that is closed',
    make: letters,
    use: async (stream, stage) => {
      const { target } = collector(stage);
      await target.close();
      return await reasonOf(stream.pipeTo(target));
    },
    outcome: 'cancelled',
  },
  {
    title: 'piped and aborted',
    make: letters,
    use: async (stream, stage) => {
      const controller = new AbortController();
      const target = new WritableStream<string>({ write: () => controller.abort() });
      return await reasonOf(stream.pipeTo(target, { signal: controller.signal })).finally(() => stage.note('done'));
    },
    outcome: 'cancelled',
  },
  {
    title: 'piped and aborted but kept, then read',
    make: letters,
    use: async (stream, stage) => {
      const controller = new AbortController();
      const target = new WritableStream<string>({ write: () => controller.abort() });
      stage.note(await reasonOf(stream.pipeTo(target, { signal: controller.signal, preventCancel: true })));
      return await readAll(stream, stage);
    },
  },
  {
    title: 'refused to a pipe while it is read',
    make: letters,
    use: async (stream, stage) => {
      const reader = stream.getReader();
      const { target } = collector(stage);
      stage.note(await reasonOf(stream.pipeTo(target)));
      reader.releaseLock();
      return await readAll(stream, stage);
    },
  },
  {
    title: 'piped through something that is no transform',
    make: letters,
    use: async (stream, stage) => {
      stage.note(await reasonOf((async () => stream.pipeThrough({} as TransformStream<string, string>))()));
      return await readAll(stream, stage);
    },
  },
  {
    title: 'piped through and forgotten',
    make: letters,
    use: (stream, stage) => {
      stream.pipeThrough(upperCase(stage));
    },
    outcome: 'abandoned',
  },
];

describeLifecycle({ title: 'A Web stream in a pipe', isSameObject: true, isPiped: true }, pipes);

function encoded(stage: Stage): ReadableStream<Uint8Array> {
  return letters(stage).pipeThrough(new TextEncoderStream());
}

const bodies: readonly LifecycleCase<ReadableStream<Uint8Array>>[] = [
  { title: 'of a Response, read as text', make: encoded, use: (stream) => new Response(stream).text() },
  { title: 'of a Response that is cloned', make: encoded, use: (stream) => new Response(stream).clone().text() },
  {
    title: 'of a Response, cancelled',
    make: encoded,
    use: (stream) => new Response(stream).body?.cancel('enough'),
    outcome: 'cancelled',
  },
  {
    title: 'read through a Node stream',
    make: encoded,
    use: async (stream) => {
      const chunks: unknown[] = [];
      for await (const chunk of Readable.fromWeb(stream as never)) chunks.push(chunk);
      return String(chunks);
    },
  },
  {
    title: 'read through a Node stream that is destroyed',
    make: encoded,
    use: async (stream) => {
      for await (const chunk of Readable.fromWeb(stream as never)) return String(chunk);
      return undefined;
    },
    outcome: 'cancelled',
  },
];

describeLifecycle({ title: 'A Web stream as the body', isSameObject: true, isWorkOfCall: false }, bodies);
