import { expectNoOpenCalls } from 'spanwright/testing';
import { Traced } from 'spanwright';
import { expect } from 'chai';
import type OpenAI from 'openai';
import { APIPromise } from 'openai';

import { captureEach } from './fixtures/capture-each.js';
import { collectUntil } from './fixtures/collect.js';
import { describeLifecycle } from './fixtures/lifecycle.js';
import type { LifecycleCase } from './fixtures/lifecycle.js';
import type { Answer, ModelServer } from './fixtures/model-server.js';
import { PROMPT, startModelServer } from './fixtures/model-server.js';

type Completion = OpenAI.Chat.ChatCompletion;

let server: ModelServer;

before(async () => {
  server = await startModelServer();
});
after(() => server[Symbol.asyncDispose]());

function answer(model: Answer): () => APIPromise<Completion> {
  return () => server.client.chat.completions.create({ model, messages: [...PROMPT] });
}

const answered: readonly LifecycleCase<APIPromise<Completion>>[] = [
  {
    title: 'awaited',
    make: answer('works'),
    use: async (promise, stage) => {
      stage.consume('before');
      const { choices } = await promise;
      stage.consume('after');
      return choices;
    },
  },
  {
    title: 'awaited twice, the body read once',
    make: answer('works'),
    use: async (promise) => {
      const [first, second] = [await promise, await promise];
      expect(first).equal(second);
      return first;
    },
  },
  {
    title: 'asked for its response, too',
    make: answer('works'),
    use: async (promise, stage) => {
      const { data, response } = await promise.withResponse();
      stage.note(`${response.status} ${response.bodyUsed}`);
      return data;
    },
  },
  {
    title: 'asked for the response alone, whose body is the caller’s',
    make: answer('works'),
    use: async (promise, stage) => {
      const response = await promise.asResponse();
      stage.note(response.bodyUsed);
      return (await response.json()) as unknown;
    },
  },
  {
    title: 'asked for the response and then awaited',
    make: answer('works'),
    use: async (promise) => {
      const { status } = await promise.asResponse();
      return [status, await promise];
    },
  },
  {
    title: 'followed with then, catch and finally',
    make: answer('works'),
    use: (promise, stage) =>
      promise
        .finally(() => stage.consume('finally'))
        .catch(() => 'never')
        .then((completion) => [completion]),
  },
  {
    title: 'parsed by a helper of the SDK',
    make: () => server.client.chat.completions.parse({ model: 'works', messages: [...PROMPT] }),
    use: async (promise) => (await promise).choices,
  },
  {
    title: 'refused by the server',
    make: answer('refuses'),
    use: (promise) => promise,
    outcome: 'error',
    errorType: '429',
  },
  {
    title: 'refused by the server, its response asked for',
    make: answer('refuses'),
    use: (promise) => promise.withResponse(),
    outcome: 'error',
    errorType: '429',
  },
  {
    title: 'refused by the server and caught',
    make: answer('refuses'),
    use: (promise) => promise.catch((error: unknown) => (error as { status: number }).status as never),
    outcome: 'error',
    errorType: '429',
  },
  {
    title: 'aborted by the caller',
    make: () => {
      const signal = AbortSignal.abort();
      return server.client.chat.completions.create({ model: 'works', messages: [...PROMPT] }, { signal });
    },
    use: (promise) => promise,
    outcome: 'error',
    errorType: 'APIUserAbortError',
  },
  { title: 'never awaited', make: answer('works'), use: () => undefined, outcome: 'abandoned' },
];

describeLifecycle({ title: 'An APIPromise of openai', isSameObject: true }, answered);

type List = ReturnType<OpenAI['models']['list']>;

function list(): List {
  return server.client.models.list();
}

async function readIds(models: AsyncIterable<OpenAI.Model>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of models) ids.push(id);
  return ids;
}

const listed: readonly LifecycleCase<List>[] = [
  { title: 'awaited', make: list, use: async (promise) => (await promise).data },
  { title: 'iterated', make: list, use: readIds },
  {
    title: 'asked for its response, too',
    make: list,
    use: async (promise) => (await promise.withResponse()).data.data,
  },
  { title: 'asked for the response alone', make: list, use: async (p) => await (await p.asResponse()).text() },
  { title: 'caught', make: list, use: async (promise) => (await promise.catch(() => ({ data: [] }))).data },
  { title: 'finished', make: list, use: async (promise) => (await promise.finally(() => {})).data },
  { title: 'never awaited', make: list, use: () => undefined, outcome: 'abandoned' },
];

describeLifecycle({ title: 'The promise of a page of openai', isSameObject: true }, listed);

describe('An APIPromise of a traced method', () => {
  const finished = captureEach();

  it('keeps its class and sends one request', async () => {
    const sent = server.requests;
    const promise = Traced.wrap('ask', answer('works'))();
    expect(promise).instanceOf(APIPromise);
    expect(Object.keys(promise)).deep.equal(Object.keys(answer('works')()));
    await Promise.all([promise, promise.withResponse(), promise.asResponse()]);
    expect(server.requests).equal(sent + 2);
    expect(finished()).length(1);
  });

  it('ends both calls when two traced methods return it', async () => {
    const inner = Traced.wrap('inner', answer('refuses'));
    const outer = Traced.wrap('outer', () => inner());
    await outer().catch(() => 'refused');
    expect(finished().map(({ name, events }) => `${name} ${events.length}`)).deep.equal(['inner 1', 'outer 0']);
    expectNoOpenCalls();
  });

  it('is abandoned when the promise that the SDK makes of it is never awaited', async () => {
    const ask = Traced.wrap('ask', answer('works'));
    const derive = (): void => {
      const promise = ask() as unknown as Record<'_thenUnwrap', (change: (value: unknown) => unknown) => unknown>;
      promise['_thenUnwrap']((value) => value);
    };
    derive();
    await collectUntil(() => finished().length > 0);
    expect(finished()[0]?.attributes['spanwright.outcome']).equal('abandoned');
    expectNoOpenCalls();
  });
});
