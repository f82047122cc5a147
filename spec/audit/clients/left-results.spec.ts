import { EventEmitter, on } from 'node:events';
import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';

import { auditedClient } from '#lib/audit/clients/audited-client.js';
import { auditedFetch } from '#lib/audit/clients/audited-fetch.js';
import { RecordingLedger } from './recording-ledger.js';

class Client<R> {
  readonly #answer: () => Promise<R>;

  constructor(answer: () => Promise<R>) {
    this.#answer = answer;
  }

  ask(): Promise<R> {
    return this.#answer();
  }
}

async function* count(): AsyncGenerator<number> {
  yield 1;
  yield 2;
  yield 3;
}

async function messageOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'it did not reject',
    (error: unknown) => (error as Error).message,
  );
}

describe('results of audited clients that are left', () => {
  let ledger: RecordingLedger;
  beforeEach(() => {
    ledger = new RecordingLedger();
  });
  const ask = <R>(answer: () => Promise<R>): Promise<R> =>
    auditedClient(new Client(answer), { callType: 'queue', methods: ['ask'], ledger }).ask();

  it('end as cancelled when their source does not let itself be left', async () => {
    const source: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({
        next: async () => ({ done: false, value: 1 }),
        return: async () => Promise.reject(new Error('it stays open')),
      }),
    };
    const iterator = (await ask(async () => source))[Symbol.asyncIterator]();
    await iterator.next();
    expect(await messageOf(iterator.return?.() ?? Promise.resolve())).equal('it stays open');
    expect(ledger.only.end?.status).equal('cancelled');
    expect(ledger.only.isOutcomeDurable).equal(true);
  });

  it('end as cancelled when a step still waits', async () => {
    const emitter = new EventEmitter();
    const iterator = (await ask(async () => on(emitter, 'item')))[Symbol.asyncIterator]();
    const first = iterator.next();
    await turn();
    emitter.emit('item', 'a');
    await turn();
    expect(await iterator.return?.()).deep.include({ done: true });
    expect(await first).deep.equal({ done: false, value: ['a'] });
    expect(ledger.only.end?.status).equal('cancelled');
  });

  it('give nothing more', async () => {
    const generator = await ask(async () => count());
    expect(await generator.next()).deep.equal({ done: false, value: 1 });
    expect(await generator.return(7)).deep.equal({ done: true, value: 7 });
    expect(await generator.next()).deep.equal({ done: true, value: undefined });
  });

  it('end with what is thrown into them', async () => {
    const generator = await ask(async () => count());
    await generator.next();
    expect(await messageOf(generator.throw(new TypeError('no more')))).equal('no more');
    expect(ledger.only.end).deep.include({ status: 'error' });
    expect(ledger.only.isOutcomeDurable).equal(true);
  });
});

describe('results of audited clients of unusual makes', () => {
  let ledger: RecordingLedger;
  beforeEach(() => {
    ledger = new RecordingLedger();
  });
  const ask = <R>(answer: () => Promise<R>): Promise<R> =>
    auditedClient(new Client(answer), { callType: 'queue', methods: ['ask'], ledger }).ask();

  it('have an outcome where a getter beside their stream throws', async () => {
    const result = {
      get size(): number {
        throw new Error('not known yet');
      },
      body: Readable.from(['a']),
    };
    const { body } = await ask(async () => result);
    for await (const _ of body);
    expect(ledger.only.end?.status).equal('ok');
  });

  it('have an outcome where the stream in them cannot be replaced', async () => {
    const body = new ReadableStream<string>({
      start(controller) {
        controller.enqueue('a');
        controller.close();
      },
    });
    const result = await ask(async () => Object.freeze({ body }));
    expect(ledger.only.end?.status).equal('ok');
    expect(ledger.only.isOutcomeDurable).equal(true);
    expect(result.body).equal(body);
    expect(await result.body.getReader().read()).deep.equal({ done: false, value: 'a' });
  });

  it('have an outcome where they stand in for a response', async () => {
    const answer = { status: 200, text: async () => 'a', json: async () => 1, arrayBuffer: () => {}, clone: () => {} };
    const result = await auditedFetch(async (_url: string) => answer, { ledger })('http://tickets.example/');
    expect(result).equal(answer);
    expect(ledger.only.isOutcomeDurable).equal(true);
  });
});
