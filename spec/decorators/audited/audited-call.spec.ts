import { Readable } from 'node:stream';
import { expect } from 'chai';
import { AuditedCall, LlmCall, Traced } from '#lib/index.js';
import { captureSpans } from '#lib/testing.js';
import { RecordingLedger } from './recording-ledger.js';

async function rejection(promise: PromiseLike<unknown>): Promise<Error & { code?: string }> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('it did not reject');
}

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

function createService(ledger: RecordingLedger) {
  class Service {
    name = 'service';

    @AuditedCall({ callType: 'http', ledger })
    async get(id: string): Promise<string> {
      ledger.log.push(`method ${id} on ${this.name}`);
      await Promise.resolve();
      ledger.log.push('method done');
      return `got ${id}`;
    }

    @AuditedCall({ callType: 'http', ledger })
    async fail(): Promise<never> {
      await Promise.resolve();
      throw Object.assign(new TypeError('no'), { code: 'ECONNRESET' });
    }

    @AuditedCall({ callType: 'http', ledger })
    async *count(upTo: number): AsyncGenerator<number, string> {
      for (let index = 1; index <= upTo; index++) {
        ledger.log.push(`made ${index}`);
        yield index;
      }
      return 'end';
    }

    @AuditedCall({ callType: 'http', ledger })
    iterate(): AsyncIterable<string> {
      return (async function* () {
        yield 'a';
        yield 'b';
      })();
    }

    @AuditedCall({ callType: 'http', ledger })
    async web(): Promise<ReadableStream<string>> {
      return new ReadableStream<string>({
        start(controller) {
          controller.enqueue('x');
          controller.enqueue('y');
          controller.close();
        },
      });
    }

    @AuditedCall({ callType: 'http', ledger })
    async node(): Promise<Readable> {
      return Readable.from(['one', 'two']);
    }

    @AuditedCall({ callType: 'filesystem', ledger, durability: 'sync' })
    read(path: string): string {
      ledger.log.push('read');
      if (path === 'bad') throw new Error('no such file');
      return `content of ${path}`;
    }
  }
  return new Service();
}

describe('AuditedCall', () => {
  let ledger: RecordingLedger;
  let service: ReturnType<typeof createService>;
  beforeEach(() => {
    ledger = new RecordingLedger();
    service = createService(ledger);
  });

  it('keeps the intent, makes the call, keeps the outcome, and then gives the result', async () => {
    const promise = service.get('7');
    expect(Object.getPrototypeOf(promise)).equal(Promise.prototype);
    expect(await promise).equal('got 7');
    expect(ledger.log).deep.equal([
      'intent durable',
      'method 7 on service',
      'method done',
      'outcome asked',
      'outcome durable',
    ]);
    expect(ledger.calls[0]?.start).deep.include({
      op: { class: 'Service', method: 'get' },
      system: 'http',
      request: { value: '7' },
    });
    expect(ledger.calls[0]?.end).deep.include({ status: 'ok', response: { value: 'got 7' } });
  });

  it('does not run the method without its intent', async () => {
    ledger.refusesIntents = true;
    expect((await rejection(service.get('7'))).code).equal('AUDIT_INTENT_NOT_DURABLE');
    expect(ledger.log).deep.equal([]);
    expect((await rejection(service.count(1).next())).code).equal('AUDIT_INTENT_NOT_DURABLE');
  });

  it('is refused where there is no ledger', async () => {
    let ran = false;
    const call = AuditedCall.wrap(async () => {
      ran = true;
    });
    expect((await rejection(call())).code).equal('AUDIT_NOT_CONFIGURED');
    expect(ran).equal(false);
  });

  it('throws the error of the method, whose type and code are recorded', async () => {
    const error = await rejection(service.fail());
    expect(error).instanceOf(TypeError);
    expect(ledger.calls[0]?.end).deep.include({ status: 'error' });
    expect(ledger.calls[0]?.end?.error).deep.include({ type: 'TypeError', code: 'ECONNRESET' });
  });

  it('withholds a result whose outcome is lost, and says what the method threw', async () => {
    ledger.losesOutcomes = true;
    expect((await rejection(service.get('7'))).code).equal('AUDIT_OUTCOME_LOST');
    const lost = await rejection(service.fail());
    expect(lost.code).equal('AUDIT_OUTCOME_LOST');
    expect(lost.cause).instanceOf(TypeError);
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
      await stream.pipeTo(new WritableStream({ write: (item) => void items.push(item) }));
      return items;
    },
    split: async (stream) => {
      const [one, two] = stream.tee();
      const read = (branch: ReadableStream) => collect(branch as unknown as AsyncIterable<string>);
      const both = await Promise.all([read(one), read(two)]);
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
    await new Promise((resolve) => stream.once('end', resolve));
    expect(items).deep.equal(['one', 'two']);
    expect(ledger.log.at(-1)).equal('outcome durable');
    expect(await collect(await service.node())).deep.equal(['one', 'two']);
  });

  it('keeps the record in the call where that is asked for', async () => {
    expect(service.read('a')).equal('content of a');
    expect(ledger.log).deep.equal(['intent durable', 'read', 'outcome asked', 'outcome durable']);
    expect(() => service.read('bad')).throws('no such file');
    ledger.losesOutcomes = true;
    expect(() => service.read('a')).throws('lost');
  });

  it('ends its span after the outcome, with the time of the call', async () => {
    await captureSpans(async (spans) => {
      let atOutcome: number | undefined;
      const original = ledger.log.push.bind(ledger.log);
      ledger.log.push = (line) => {
        if (line === 'outcome durable') atOutcome = spans.finished().length;
        return original(line);
      };
      await service.get('7');
      expect(atOutcome).equal(0);
      const [span] = spans.finished();
      expect(span?.name).equal('Service.get');
      expect(span?.attributes).deep.include({
        'spanwright.call.type': 'http',
        'spanwright.audit.call_id': 'call-1',
        'spanwright.arguments': '"7"',
      });
      const { traceId, spanId } = span?.spanContext() ?? {};
      expect(ledger.calls[0]?.end?.traceparent).equal(`00-${traceId}-${spanId}-01`);
    });
  });

  it('with LlmCall says the same on the span and in the entry', async () => {
    class Model {
      @Traced()
      @LlmCall({ provider: 'openai' })
      @AuditedCall({ callType: 'llm', ledger })
      async chat(_request: object): Promise<object> {
        return {
          id: 'chatcmpl-1',
          object: 'chat.completion',
          model: 'gpt-4o-2024-08-06',
          choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'yes' } }],
          usage: { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 },
        };
      }
    }
    await captureSpans(async (spans) => {
      await new Model().chat({ model: 'gpt-4o', messages: [{ role: 'user', content: 'is it?' }] });
      expect(spans.finished()).length(1);
      const attributes = spans.finished()[0]?.attributes;
      expect(attributes?.['gen_ai.usage.input_tokens']).equal(11);
      expect(attributes?.['spanwright.arguments']).equal(undefined);
    });
    const [call] = ledger.calls;
    expect(call?.start).deep.include({ system: 'llm', model: 'gpt-4o' });
    expect(call?.end).deep.include({ provider: 'openai', usage: { in: 11, out: 7 }, model: 'gpt-4o-2024-08-06' });
    // The same where nobody listens.
    await new Model().chat({ model: 'gpt-4o', messages: [{ role: 'user', content: 'is it?' }] });
    expect(ledger.calls[1]?.end).deep.include({ usage: { in: 11, out: 7 } });
  });

  it('knows the audited call around it', async () => {
    const outer = AuditedCall.wrap({ ledger, callType: 'job' }, async () => {
      await Promise.all([service.get('1'), service.get('2')]);
    });
    await outer();
    expect(ledger.calls.map(({ start }) => start.parent)).deep.equal([
      undefined,
      { id: 'call-1', seq: 1 },
      { id: 'call-1', seq: 2 },
    ]);
  });

  it('runs a block', async () => {
    expect(await AuditedCall.run({ callType: 'sql', ledger }, () => 42)).equal(42);
    expect(ledger.calls[0]?.end?.status).equal('ok');
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
});
