import { expectNoOpenCalls } from 'spanwright/testing';
import { Traced } from 'spanwright';
import { expect } from 'chai';
import type OpenAI from 'openai';
import type { APIPromise } from 'openai';
import { Stream } from 'openai/streaming';

import { captureEach } from './fixtures/capture-each.js';
import { turn } from './fixtures/collect.js';
import { describeLifecycle } from './fixtures/lifecycle.js';
import type { LifecycleCase } from './fixtures/lifecycle.js';
import type { Answer, ModelServer } from './fixtures/model-server.js';
import { PROMPT, startModelServer } from './fixtures/model-server.js';
import type { Stage } from './fixtures/stage.js';

type Chunk = OpenAI.Chat.ChatCompletionChunk;
type Chunks = APIPromise<Stream<Chunk>>;

let server: ModelServer;

before(async () => {
  server = await startModelServer();
});
after(() => server[Symbol.asyncDispose]());

function answer(model: Answer): () => Chunks {
  return () => server.client.chat.completions.create({ model, messages: [...PROMPT], stream: true });
}

function textOf({ choices }: Chunk): string {
  return choices[0]?.delta.content ?? choices[0]?.finish_reason ?? '';
}

async function readAll(chunks: AsyncIterable<Chunk>, stage: Stage): Promise<string[]> {
  const texts: string[] = [];
  for await (const chunk of chunks) {
    stage.consume(textOf(chunk));
    stage.spend();
    texts.push(textOf(chunk));
  }
  return texts;
}

const cases: readonly LifecycleCase<Chunks>[] = [
  { title: 'read', make: answer('works'), use: async (promise, stage) => await readAll(await promise, stage) },
  {
    title: 'read, its response asked for, too',
    make: answer('works'),
    use: async (promise, stage) => {
      const { data, response } = await promise.withResponse();
      stage.note(response.status);
      return await readAll(data, stage);
    },
  },
  {
    title: 'split with tee, both branches read',
    make: answer('works'),
    use: async (promise, stage) => {
      const [left, right] = (await promise).tee();
      const texts = await readAll(left, stage);
      for await (const chunk of right) texts.push(textOf(chunk));
      return texts;
    },
  },
  {
    title: 'split with tee, one branch left early',
    make: answer('works'),
    use: async (promise, stage) => {
      const [left, right] = (await promise).tee();
      for await (const chunk of left) if (textOf(chunk) !== '') break;
      return await readAll(right, stage);
    },
  },
  {
    title: 'read as a Web stream of lines',
    make: answer('works'),
    use: async (promise, stage) => {
      stage.spend();
      return await new Response((await promise).toReadableStream()).text();
    },
  },
  {
    title: 'read again from its Web stream',
    make: answer('works'),
    use: async (promise, stage) => {
      const chunks = await promise;
      stage.note(Object.keys(chunks).join());
      const again = Stream.fromReadableStream<Chunk>(chunks.toReadableStream(), new AbortController());
      return await readAll(again, stage);
    },
  },
  {
    title: 'left with break',
    make: answer('works'),
    use: async (promise, stage) => {
      const chunks = await promise;
      for await (const chunk of chunks) if (textOf(chunk) !== '') break;
      stage.note(chunks.controller.signal.aborted);
    },
    outcome: 'cancelled',
  },
  {
    title: 'left with a throw of the consumer',
    make: answer('works'),
    use: async (promise, stage) => {
      for await (const chunk of await promise) if (textOf(chunk) !== '') throw stage.failure;
    },
    outcome: 'cancelled',
  },
  {
    title: 'aborted through its controller, which ends the loop as if all had been read',
    make: answer('stalls'),
    use: async (promise, stage) => {
      const chunks = await promise;
      const texts: string[] = [];
      for await (const chunk of chunks) {
        texts.push(textOf(chunk));
        if (texts.length === 3) chunks.controller.abort();
      }
      stage.note(texts.join('|'));
    },
    outcome: 'cancelled',
  },
  {
    title: 'cancelled as a Web stream',
    make: answer('works'),
    use: async (promise) => {
      const reader = (await promise).toReadableStream().getReader();
      await reader.read();
      await reader.cancel();
    },
    outcome: 'cancelled',
  },
  {
    title: 'cut off by a connection that dies',
    make: answer('dies'),
    use: async (promise, stage) => await readAll(await promise, stage),
    outcome: 'error',
    errorType: 'TypeError',
  },
  {
    title: 'broken off by an error event',
    make: answer('breaks'),
    use: async (promise, stage) => await readAll(await promise, stage),
    outcome: 'error',
    errorType: 'APIError',
  },
  {
    title: 'refused',
    make: answer('refuses'),
    use: async (promise, stage) => await readAll(await promise, stage),
    outcome: 'error',
    errorType: '429',
  },
  {
    title: 'never read',
    make: answer('works'),
    use: async (promise, stage) => {
      await promise;
      stage.spend();
    },
    outcome: 'abandoned',
  },
  {
    title: 'left after its first chunk',
    make: answer('stalls'),
    use: async (promise) => {
      const { value } = (await (await promise)[Symbol.asyncIterator]().next()) as IteratorYieldResult<Chunk>;
      return textOf(value);
    },
    outcome: 'abandoned',
  },
];

describeLifecycle({ title: 'A stream of openai', isSameObject: true }, cases);

class Assistant {
  @Traced()
  async stream(): Promise<Stream<Chunk>> {
    return await answer('works')();
  }
}

describe('A stream of openai in a promise of an async method', () => {
  const finished = captureEach();

  it('is the stream of the SDK and stays open until it was read', async () => {
    const chunks = await new Assistant().stream();
    expect(chunks).instanceOf(Stream);
    await turn();
    expect(finished()).empty;
    const texts: string[] = [];
    for await (const chunk of chunks) texts.push(textOf(chunk));
    expect(texts.join('')).equal('Hello youstop');
    expect(finished()).length(1);
    expectNoOpenCalls();
  });

  it('refuses a second reading as the SDK does and keeps its outcome', async () => {
    const chunks = await new Assistant().stream();
    for await (const chunk of chunks) expect(chunk.object).equal('chat.completion.chunk');
    const again = await chunks[Symbol.asyncIterator]()
      .next()
      .catch((error: unknown) => String(error));
    expect(again).match(/consumed stream/);
    expect(finished().map(({ status }) => status.code)).deep.equal([0]);
    expectNoOpenCalls();
  });
});
