import { SpanKind } from '@opentelemetry/api';
import { expect } from 'chai';
import { health, Traced } from 'spanwright';
import { namesOf, onlySpanOf, spansOf } from './captured.js';

class NotFound extends Error {
  override readonly name = 'NotFound';
}
class TooBusy extends Error {}

class Service {
  readonly region = 'eu';

  @Traced({ name: (id: number) => `load ${id}` })
  named(id: number): number {
    return id;
  }

  @Traced({
    name(this: Service) {
      return `in ${this.region}`;
    },
    attributes(this: Service, id: number, options?: { deep: boolean }) {
      return { id, region: this.region, deep: options?.deep };
    },
    onResult(this: Service, result: { size: number }) {
      return { size: result.size, from: this.region };
    },
  })
  async load(id: number, options?: { deep: boolean }): Promise<{ size: number }> {
    await Promise.resolve();
    return { size: id + (options === undefined ? 0 : 1) };
  }

  @Traced({ attributes: { list: ['a', 'b'], flag: false, count: 0, text: '', missing: undefined } })
  fixed(): void {}

  @Traced({ kind: 'server' })
  server(): string {
    return this.client();
  }

  @Traced({ kind: 'client' })
  client(): string {
    return this.apart();
  }

  @Traced({ root: true, kind: 'producer' })
  apart(): string {
    return 'apart';
  }

  @Traced({ links: () => [] })
  noLinks(): void {}

  @Traced({
    links: (traceId: string, spanId: string) => [
      { context: { traceId, spanId, traceFlags: 1 }, attributes: { why: 'batch' } },
    ],
  })
  linked(_traceId: string, _spanId: string): void {}

  @Traced({ expectedErrors: [NotFound, TypeError] })
  find(error: unknown): never {
    throw error;
  }

  @Traced({ expectedErrors: (error) => error instanceof TooBusy && error.message === 'later' })
  async ask(cause: Error): Promise<never> {
    await Promise.resolve();
    throw cause;
  }
}

async function failingSpan(work: (service: Service) => unknown): ReturnType<typeof onlySpanOf> {
  return onlySpanOf(async () => {
    try {
      await work(new Service());
    } catch {
      return;
    }
    expect.fail('expected a throw');
  });
}

describe('options of a decorator', () => {
  it('make the name from the arguments and `this`', async () => {
    const names = await namesOf(async () => {
      new Service().named(7);
      await new Service().load(1);
    });
    expect(names).to.deep.equal(['load 7', 'in eu']);
  });

  it('make attributes from the arguments and from the result, with `this`', async () => {
    const span = await onlySpanOf(async () => {
      expect(await new Service().load(4, { deep: true })).to.deep.equal({ size: 5 });
    });
    expect(span.attributes).to.deep.equal({
      'code.function.name': 'Service.load',
      id: 4,
      region: 'eu',
      deep: true,
      size: 5,
      from: 'eu',
    });
  });

  it('leave out what is undefined and keep what is empty', async () => {
    const span = await onlySpanOf(() => new Service().load(4));
    expect(span.attributes).to.not.have.property('deep');
    expect((await onlySpanOf(() => new Service().fixed())).attributes).to.deep.equal({
      'code.function.name': 'Service.fixed',
      list: ['a', 'b'],
      flag: false,
      count: 0,
      text: '',
    });
  });

  it('set the kind and start a new trace', async () => {
    const spans = await spansOf(() => new Service().server());
    const [apart, client, server] = spans;
    expect(spans.map(({ kind }) => kind)).to.deep.equal([SpanKind.PRODUCER, SpanKind.CLIENT, SpanKind.SERVER]);
    expect(client?.parentSpanContext?.spanId).to.equal(server?.spanContext().spanId);
    expect(apart?.parentSpanContext).to.equal(undefined);
    expect(apart?.spanContext().traceId).to.not.equal(client?.spanContext().traceId);
  });

  it('set links', async () => {
    const [traceId, spanId] = ['1'.repeat(32), '2'.repeat(16)];
    const span = await onlySpanOf(() => new Service().linked(traceId, spanId));
    expect(span.links).to.have.lengthOf(1);
    expect(span.links[0]).to.deep.include({ attributes: { why: 'batch' } });
    expect(span.links[0]?.context).to.include({ traceId, spanId });
    expect((await onlySpanOf(() => new Service().noLinks())).links).to.deep.equal([]);
    const fixed = Traced.wrap({ links: [{ context: { traceId, spanId, traceFlags: 1 } }] }, () => {});
    expect((await onlySpanOf(fixed)).links).to.have.lengthOf(1);
  });

  const expected: [string, (service: Service) => unknown, string][] = [
    ['a class', (service) => service.find(new NotFound('gone')), 'NotFound'],
    ['another class', (service) => service.find(new TypeError('no')), 'TypeError'],
    ['a predicate', (service) => service.ask(new TooBusy('later')), 'TooBusy'],
  ];
  for (const [what, work, type] of expected) {
    it(`take an error that ${what} expects for an answer: status unset, error.type, no event`, async () => {
      const span = await failingSpan(work);
      expect(span.status).to.deep.equal({ code: 0 });
      expect(span.attributes).to.include({ 'error.type': type });
      expect(span.events).to.deep.equal([]);
    });
  }

  it('leave other errors failures', async () => {
    for (const work of [
      (service: Service) => service.find(new RangeError('far')),
      (service: Service) => service.find('text'),
      (service: Service) => service.find(undefined),
      (service: Service) => service.ask(new TooBusy('never')),
    ]) {
      const span = await failingSpan(work);
      expect(span.status.code).to.equal(2);
      expect(span.events.map(({ name }) => name)).to.deep.equal(['exception']);
    }
  });

  it('count an expected error as an error of the call', async () => {
    const before = health().calls;
    await failingSpan((service) => service.find(new NotFound('gone')));
    const after = health().calls;
    expect(after.error - before.error).to.equal(1);
    expect(after.ok).to.equal(before.ok);
  });
});
