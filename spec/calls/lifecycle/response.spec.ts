import { Traced } from 'spanwright';
import { expect } from 'chai';

import { captureEach } from './fixtures/capture-each.js';
import { describeLifecycle } from './fixtures/lifecycle.js';
import type { LifecycleCase } from './fixtures/lifecycle.js';
import type { ModelServer } from './fixtures/model-server.js';
import { startModelServer } from './fixtures/model-server.js';

let server: ModelServer;

before(async () => {
  server = await startModelServer();
});
after(() => server[Symbol.asyncDispose]());

function load(): Promise<Response> {
  return fetch(new URL('/v1/models', server.url));
}

const cases: readonly LifecycleCase<Promise<Response>>[] = [
  {
    title: 'read as JSON',
    make: async (stage) => {
      stage.produce();
      stage.spend();
      return await load();
    },
    use: async (promise, stage) => {
      const response = await promise;
      stage.consume(response.status);
      return (await response.json()) as unknown;
    },
  },
  {
    title: 'read through its body',
    make: load,
    use: async (promise) => {
      const parts: string[] = [];
      for await (const part of (await promise).body ?? []) parts.push(Buffer.from(part).toString());
      return parts.join('');
    },
  },
  { title: 'cloned', make: load, use: async (promise) => await (await promise).clone().text() },
  { title: 'whose body nobody reads', make: load, use: async (promise) => (await promise).headers.get('content-type') },
  { title: 'whose body is cancelled', make: load, use: async (promise) => await (await promise).body?.cancel() },
  {
    title: 'aborted',
    make: () => fetch(server.url, { signal: AbortSignal.abort() }),
    use: (promise) => promise,
    outcome: 'error',
    errorType: 'AbortError',
  },
  {
    title: 'from nowhere',
    make: () => fetch('http://127.0.0.1:1/'),
    use: (promise) => promise,
    outcome: 'error',
    errorType: 'TypeError',
  },
];

describeLifecycle({ title: 'A Response of fetch', isSameObject: false }, cases);

describe('A Response that a traced function made', () => {
  const finished = captureEach();

  it('is given as it is, its body unread', async () => {
    const made = new Response('text');
    const given = await Traced.wrap('load', async () => await Promise.resolve(made))();
    expect(given).equal(made);
    expect(given.bodyUsed).equal(false);
    expect(Object.getOwnPropertyNames(given.body)).empty;
    expect(finished()).length(1);
  });
});
