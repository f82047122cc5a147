import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import type { SpanProcessor } from '@opentelemetry/sdk-trace';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { expect } from 'chai';
import { health, Traced } from 'spanwright';
import { CollectedWarnings } from '../../collected-warnings.js';

function refuse(): never {
  throw new Error('the processor failed');
}

function processorThat(overrides: Partial<SpanProcessor>): SpanProcessor {
  return {
    onStart: () => {},
    onEnd: () => {},
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
    ...overrides,
  };
}

const answer = { answer: 42 };
const failure = new RangeError('the method failed');

class Service {
  @Traced()
  sync(): object {
    return answer;
  }

  @Traced()
  async waiting(): Promise<object> {
    return answer;
  }

  @Traced()
  async failing(): Promise<never> {
    throw failure;
  }

  @Traced()
  *items(): Generator<object> {
    yield answer;
  }
}

describe('a span processor of the application that fails', () => {
  let warnings: CollectedWarnings;
  beforeEach(() => {
    warnings = new CollectedWarnings();
  });
  afterEach(() => {
    warnings.stop();
    trace.disable();
    context.disable();
    propagation.disable();
  });

  for (const [moment, code] of [
    ['onStart', 'ENGINE'],
    ['onEnd', 'PIPELINE'],
  ] as const) {
    it(`leaves the call as it is and is counted: ${moment}`, async () => {
      context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
      const spanProcessors = [processorThat({ [moment]: refuse })];
      trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors }));
      const before = health();
      const service = new Service();
      expect(service.sync()).to.equal(answer);
      expect(await service.waiting()).to.equal(answer);
      expect([...service.items()]).to.deep.equal([answer]);
      let caught: unknown;
      await service.failing().catch((error: unknown) => {
        caught = error;
      });
      expect(caught).to.equal(failure);
      const { calls, guarded } = health();
      expect((guarded[code] ?? 0) - (before.guarded[code] ?? 0)).to.equal(4);
      expect(calls.live).to.be.at.most(before.calls.live);
    });
  }
});
