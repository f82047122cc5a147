import { once } from 'node:events';
import { expect } from 'chai';
import { AuditedCall } from '#lib/index.js';
import { collect, createService, rejection } from './audited-service.js';
import { RecordingLedger } from './recording-ledger.js';

describe('AuditedCall on streams', () => {
  let ledger: RecordingLedger;
  let service: ReturnType<typeof createService>;
  beforeEach(() => {
    ledger = new RecordingLedger();
    service = createService(ledger);
  });

  it('hands the last item of a generator on when the outcome is kept', async () => {
    const seen: string[] = [];
    for await (const item of service.count(3)) {
      seen.push(`${item}`);
      ledger.log.push(`seen ${item}`);
    }
    expect(seen).deep.equal(['1', '2', '3']);
    expect(ledger.log).deep.equal([
      'intent durable',
      'made 1',
      'made 2',
      'seen 1',
      'made 3',
      'seen 2',
      'outcome asked',
      'outcome durable',
      'seen 3',
    ]);
    expect(ledger.calls[0]?.chunks).deep.equal([{ value: 1 }, { value: 2 }, { value: 3 }]);
  });

  it('gives a generator that behaves as one', async () => {
    const generator = service.count(2);
    expect(Object.prototype.toString.call(generator)).equal('[object AsyncGenerator]');
    expect(ledger.calls).deep.equal([]);
    expect(await generator.next()).deep.equal({ done: false, value: 1 });
    expect(await generator.return('left')).deep.equal({ done: true, value: 'left' });
    expect(ledger.calls[0]?.end?.status).equal('cancelled');
    expect(await generator.next()).deep.equal({ done: true, value: undefined });
    expect(await service.count(0).next()).deep.equal({ done: true, value: 'end' });
  });

  it('gives an iterable that a method returns, at once or awaited', async () => {
    const items: string[] = [];
    for await (const item of service.iterate()) items.push(item);
    for await (const item of await (service.iterate() as unknown as Promise<AsyncIterable<string>>)) items.push(item);
    expect(items).deep.equal(['a', 'b', 'a', 'b']);
    expect(ledger.calls.map(({ end }) => end?.status)).deep.equal(['ok', 'ok']);
  });

  it('withholds the last item of an iterable', async () => {
    ledger.losesOutcomes = true;
    const items: string[] = [];
    const lost = await rejection(
      (async () => {
        for await (const item of service.iterate()) items.push(item);
      })(),
    );
    expect(lost.code).equal('AUDIT_OUTCOME_LOST');
    expect(items).deep.equal(['a']);
  });

  for (const [name, read] of Object.entries<(stream: ReadableStream<string>) => Promise<unknown>>({
    'by a reader': async (stream) => {
      const reader = stream.getReader();
      const items: unknown[] = [];
      for (let step = await reader.read(); !step.done; step = await reader.read()) items.push(step.value);
      return items;
    },
    'by a loop': (stream) => collect(stream as unknown as AsyncIterable<string>),
    piped: async (stream) => {
      const items: string[] = [];
      await stream.pipeTo(
        new WritableStream({
          write(item) {
            items.push(item);
          },
        }),
      );
      return items;
    },
    split: async (stream) => {
      const [one, two] = stream.tee();
      const readBranch = (branch: ReadableStream) => collect(branch as unknown as AsyncIterable<string>);
      const both = await Promise.all([readBranch(one), readBranch(two)]);
      expect(both[0]).deep.equal(both[1]);
      return both[0];
    },
  })) {
    it(`gives the same Web stream, read ${name}, and ends with it`, async () => {
      const stream = await service.web();
      expect(stream).instanceOf(ReadableStream);
      expect(ledger.calls[0]?.end).equal(undefined);
      expect(await read(stream)).deep.equal(['x', 'y']);
      expect(ledger.log.at(-1)).equal('outcome durable');
    });

    it(`withholds the end of a Web stream, read ${name}, whose outcome is lost`, async () => {
      ledger.losesOutcomes = true;
      const stream = await service.web();
      expect((await rejection(read(stream))).code).equal('AUDIT_OUTCOME_LOST');
    });
  }

  it('ends with a Node stream, whose end waits for the outcome', async () => {
    const stream = await service.node();
    const items: unknown[] = [];
    stream.on('data', (item) => items.push(item));
    await once(stream, 'end');
    expect(items).deep.equal(['one', 'two']);
    expect(ledger.log.at(-1)).equal('outcome durable');
    expect(await collect(await service.node())).deep.equal(['one', 'two']);
  });

  it('records a Response when its body was read', async () => {
    const get = AuditedCall.wrap({ callType: 'http', ledger }, async () => new Response('{"a":1}', { status: 429 }));
    const response = await get();
    expect(response).instanceOf(Response);
    expect(ledger.calls[0]?.end).equal(undefined);
    expect(await response.json()).deep.equal({ a: 1 });
    expect(ledger.log.at(-1)).equal('outcome durable');
    expect(ledger.calls[0]?.end).deep.include({ status: 'error' });
  });

  it('has an outcome before a generator that cannot wait is handed on', async () => {
    const make = AuditedCall.wrap({ ledger }, async () => [1, 2].values());
    expect([...(await make())]).deep.equal([1, 2]);
    const generate = AuditedCall.wrap({ ledger }, async () =>
      (function* () {
        yield 1;
      })(),
    );
    const generator = await generate();
    expect(ledger.log.at(-1)).equal('outcome durable');
    expect([...generator]).deep.equal([1]);
  });
});
