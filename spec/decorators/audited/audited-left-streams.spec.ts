import { EventEmitter, on } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import { AuditedCall } from '#lib/index.js';
import { collectUntil } from '../../calls/lifecycle/fixtures/collect.js';
import { rejection } from './audited-service.js';
import { RecordingLedger } from './recording-ledger.js';

async function* count(): AsyncGenerator<number> {
  yield 1;
  yield 2;
  yield 3;
}

describe('AuditedCall on streams that are left', () => {
  let ledger: RecordingLedger;
  beforeEach(() => {
    ledger = new RecordingLedger();
  });
  const statuses = (): unknown[] => ledger.calls.map(({ end }) => end?.status);

  for (const [name, make] of Object.entries<() => Promise<unknown>>({
    'an iterable': async () => count(),
    'a Web stream': async () => new ReadableStream({ pull: (controller) => controller.enqueue('x') }),
    'a Response': async () => new Response('abc'),
    'an answer with a stream in it': async () => ({ stream: count() }),
  })) {
    it(`ends as abandoned with ${name} that nobody reads`, async () => {
      await (async () => {
        await AuditedCall.wrap({ ledger }, make)();
      })();
      await collectUntil(() => ledger.calls[0]?.end !== undefined);
      expect(statuses()).deep.equal(['abandoned']);
    });
  }

  it('ends as cancelled with a reader that is cancelled while it waits', async () => {
    const source = new ReadableStream<string>({
      start(controller) {
        for (const item of ['a', 'b', 'c']) controller.enqueue(item);
      },
    });
    const stream = await AuditedCall.wrap({ ledger }, async () => source)();
    const reader = stream.getReader();
    expect(await reader.read()).deep.include({ value: 'a' });
    expect(await reader.read()).deep.include({ value: 'b' });
    const waiting = reader.read();
    await turn();
    await reader.cancel();
    expect(await waiting).deep.equal({ done: true, value: undefined });
    expect(statuses()).deep.equal(['cancelled']);
    expect(ledger.log.at(-1)).equal('outcome durable');
  });

  it('ends as cancelled with a stream whose source cannot be cancelled', async () => {
    const source = new ReadableStream<string>({
      cancel() {
        throw new Error('it stays open');
      },
    });
    const stream = await AuditedCall.wrap({ ledger }, async () => source)();
    expect((await rejection(stream.cancel())).message).equal('it stays open');
    expect(statuses()).deep.equal(['cancelled']);
    expect(ledger.log.at(-1)).equal('outcome durable');
  });

  it('leaves a source that answers a waiting step only when it is left', async () => {
    const emitter = new EventEmitter();
    const events = await AuditedCall.wrap({ ledger }, async () => on(emitter, 'item'))();
    const iterator = events[Symbol.asyncIterator]();
    const first = iterator.next();
    await turn();
    emitter.emit('item', 'a');
    await turn();
    expect(await iterator.return?.()).deep.include({ done: true });
    expect(await first).deep.equal({ done: false, value: ['a'] });
    expect(statuses()).deep.equal(['cancelled']);
  });

  it('ends as failed with a generator that does not take its arguments', async () => {
    const named = AuditedCall.wrap({ ledger }, async function* ({ name }: { name: string }) {
      yield name;
    });
    const error = await rejection(named(undefined as unknown as { name: string }).next());
    expect(error).instanceOf(TypeError);
    expect(statuses()).deep.equal(['error']);
    expect(ledger.log.at(-1)).equal('outcome durable');
  });

  it('refuses a value for a step that was made ahead', async () => {
    const got: unknown[] = [];
    const generator = AuditedCall.wrap({ ledger }, async function* (): AsyncGenerator<number, void, string> {
      got.push(yield 1);
      got.push(yield 2);
    })();
    await generator.next('dropped');
    expect(await rejection(generator.next('a'))).instanceOf(TypeError);
    expect(got).deep.equal([undefined]);
    await generator.return();
    expect(statuses()).deep.equal(['cancelled']);
  });

  it('steps in order through a generator that is left behind several steps', async () => {
    const generator = AuditedCall.wrap({ ledger }, count)();
    const steps = await Promise.all([generator.next(), generator.next(), generator.return(9), generator.next()]);
    expect(steps.map(({ value }) => value as unknown)).deep.equal([1, 2, 9, undefined]);
    expect(statuses()).deep.equal(['cancelled']);
  });
});
