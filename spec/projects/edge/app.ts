// What an edge function or a page does with the package, and what it sees.
import {
  configureTracing,
  createSpanProcessor,
  createTracing,
  currentCall,
  getTracer,
  getTracing,
  health,
  injectContext,
  isSpanwrightError,
  SpanwrightError,
  Task,
  Traced,
  withContext,
  withExtractedContext,
  Workflow,
} from 'spanwright';

const tracing = configureTracing({ serviceName: 'edge', destinations: [{ provider: 'memory' }] });
const scoped = createTracing({ destinations: [{ provider: 'memory' }] }).start();

@Traced
class Rates {
  static async load(): Promise<number> {
    return await Promise.resolve(2);
  }

  *steps(): Generator<number> {
    yield 1;
    yield 2;
  }
}

@Traced({ name: 'Till', exclude: ['close'] })
class Shop {
  @Workflow('sale')
  async sell(price: number): Promise<string> {
    const rate = await Rates.load();
    return this.print(price * rate);
  }

  @Task({ type: 'print', id: (total: number) => String(total) })
  @Traced({ attributes: (total: number) => ({ total }), tracing: scoped })
  print(total: number): string {
    return `${this.currency}${total}${currentCall() === undefined ? '' : ' traced'}`;
  }

  @Traced()
  get currency(): string {
    return '€';
  }

  close(): void {}
}

const double = (value: number): number => value * 2;

export async function facts(): Promise<Record<string, unknown>> {
  const carrier = {};
  const processor = createSpanProcessor();
  await processor.forceFlush();
  const error = new SpanwrightError('CONFIG_INVALID', 'made here');
  return {
    sold: await withContext({ userId: 'u-1' }, () => new Shop().sell(21)),
    steps: [...new Rates().steps()],
    wrapped: Traced.wrap('double', double) === double && Task.wrap(double) === double,
    ran: Traced.run('block', (call) => {
      call.setAttributes({ seen: true });
      call.addEvent('seen');
      return [call.traceId, call.spanId, call.sampled];
    }),
    carrier: injectContext(carrier) === carrier && Object.keys(carrier).length === 0,
    extracted: withExtractedContext(
      { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
      () => 7,
    ),
    status: tracing.status(),
    same: getTracing() === tracing,
    health: health(),
    active: scoped.active,
    flushed: [await tracing.flush(), await scoped.close(), await tracing.shutdown()],
    spans: tracing.finishedSpans(),
    recording: getTracer('edge').startSpan('by hand').isRecording(),
    error: [isSpanwrightError(error), error.code, error.message],
  };
}
