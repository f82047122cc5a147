import { context, trace } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import { AsyncLocalStorage } from 'node:async_hooks';
import { expect } from 'chai';
import type { CustomDestinationOptions, Tracing } from 'spanwright';
import { configureTracing, Traced } from 'spanwright';
import type { FinishedSpan } from 'spanwright/testing';
import { eventually } from '../accounts.js';
import { FAILED, SUCCESS, ToldExporter } from './told-exporter.js';

type Exporter = CustomDestinationOptions['exporter'];

const work = Traced.wrap({ name: 'work', attributes: { list: ['a', 'b'] } }, () => 1);

describe('the custom destination', () => {
  let tracing: Tracing;

  function configure(exporter: unknown, options: Partial<CustomDestinationOptions> = {}): void {
    tracing = configureTracing({
      destinations: [
        { provider: 'custom', exporter: exporter as Exporter, batch: { delayMs: 2 }, ...options },
        { provider: 'memory' },
      ],
    });
  }

  const health = () => tracing.health().destinations['custom'] ?? expect.fail('no such destination');

  afterEach(async () => {
    await tracing.shutdown(100);
  });

  it('takes a function, be it asynchronous or not', async () => {
    for (const answer of [undefined, Promise.resolve()]) {
      const seen: string[] = [];
      configure((spans: readonly FinishedSpan[]) => {
        seen.push(...spans.map(({ name }) => name));
        return answer;
      });
      work();
      expect(await tracing.flush()).to.deep.include({ complete: true });
      expect(seen).to.deep.equal(['work']);
      await tracing.shutdown();
    }
  });

  it('takes a literal that has its functions itself', async () => {
    const seen: string[] = [];
    configure({
      export(spans: readonly FinishedSpan[], done: (result: object) => void) {
        seen.push(...spans.map(({ name }) => name));
        done({ code: SUCCESS });
      },
      shutdown: () => Promise.resolve(void seen.push('shutdown')),
    });
    work();
    await tracing.shutdown();
    expect(seen).to.deep.equal(['work', 'shutdown']);
  });

  it('shows what it changes on spans to nobody', async () => {
    const seen: (readonly FinishedSpan[])[] = [];
    const copies: object[] = [];
    const exporter = new ToldExporter((done, spans) => {
      copies.push(
        structuredClone(spans.map((span) => ({ ...span, spanContext: 0, resource: span.resource.attributes }))),
      );
      seen.push(spans);
      for (const span of spans as unknown as Record<string, unknown>[]) {
        (span['attributes'] as Record<string, unknown>)['added'] = true;
        ((span['attributes'] as Record<string, unknown>)['list'] as string[]).push('c');
        (span['startTime'] as number[])[0] = 0;
        (span['status'] as { code: number }).code = 2;
        (span['resource'] as { attributes: Record<string, unknown> }).attributes['added'] = true;
        (span['instrumentationScope'] as { name: string }).name = 'changed';
        (span['spanContext'] as FinishedSpan['spanContext'])().traceFlags = 0;
        span['name'] = 'changed';
      }
      done({ code: seen.length === 1 ? FAILED : SUCCESS, error: new Error('again') });
    });
    configure(exporter);
    work();
    await eventually(() => health().delivered === 1, 'delivered');
    expect(copies[1]).to.deep.equal(copies[0]);
    const [span] = tracing.finishedSpans();
    expect(span).to.include({ name: 'work' });
    expect(span?.attributes)
      .to.deep.include({ list: ['a', 'b'] })
      .and.not.have.property('added');
    expect(span?.instrumentationScope.name).to.equal('spanwright');
    expect(span?.spanContext().traceFlags).to.equal(1);
    expect(span?.resource.attributes).not.to.have.property('added');
  });

  it('hands out one resource and one scope for a batch, with the methods of the SDK', async () => {
    const exporter = new ToldExporter((done) => done({ code: SUCCESS }));
    configure(exporter);
    work();
    work();
    await tracing.flush();
    const [one, other] = exporter.batches.flat();
    expect(one?.resource).to.equal(other?.resource);
    expect(one?.instrumentationScope).to.equal(other?.instrumentationScope);
    expect(one?.resource).to.respondTo('merge').and.include({ asyncAttributesPending: false });
  });

  it('is flushed with the others and shut down once, behind the last that uses it', async () => {
    const exporter = new ToldExporter((done) => done({ code: SUCCESS }));
    configure(exporter);
    const before = tracing;
    work();
    await tracing.flush();
    expect(exporter.calls).to.deep.equal(['export', 'forceFlush']);
    configure(exporter);
    await before.shutdown();
    expect(exporter.calls).not.to.include('shutdown');
    work();
    await tracing.shutdown();
    await tracing.shutdown();
    expect(exporter.calls.filter((call) => call === 'shutdown')).to.have.lengthOf(1);
    expect(exporter.calls.at(-1)).to.equal('shutdown');
    expect(exporter.batches.flat()).to.have.lengthOf(2);
  });

  it('is shut down also where it got no span', async () => {
    const exporter = new ToldExporter((done) => done({ code: SUCCESS }));
    configure(exporter);
    await tracing.shutdown();
    expect(exporter.calls.at(-1)).to.equal('shutdown');
  });

  it('runs outside of the calls of the application, and untraced', async () => {
    const store = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    const look = (): void => {
      // Once tracing has ended nobody traces, so nothing is suppressed.
      const isQuiet = isTracingSuppressed(context.active()) || tracing.status().state === 'off';
      seen.push([store.getStore(), trace.getActiveSpan(), isQuiet]);
    };
    const exporter = new ToldExporter((done) => {
      look();
      done({ code: SUCCESS });
    });
    exporter.forceFlush = exporter.shutdown = async () => {
      look();
      await Promise.resolve();
    };
    configure(exporter);
    await store.run('user', async () => {
      await Traced.run({ name: 'outer' }, async () => {
        work();
        await tracing.flush();
        await tracing.shutdown();
      });
    });
    expect(seen.length).to.be.at.least(3);
    for (const one of seen) expect(one).to.deep.equal([undefined, undefined, true]);
  });
});
