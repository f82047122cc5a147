import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { expect } from 'chai';
import { decoratedCall, MarkingProcessor } from './decorated-calls.js';
import { callLedger, runOrder } from './order-run.js';

describe('the order of 10,000 calls and the syncs of their disk', function () {
  this.timeout(120_000);

  it('is: payload and intent durable, call, outcome durable, promise', async () => {
    const { calls, syncs, faults } = await runOrder({ calls: 10_000, callOnce: callLedger });
    expect(faults.slice(0, 10)).to.deep.equal([]);
    expect(calls).to.equal(10_000);
    expect(syncs).to.be.within(50, 10_000);
  });

  // The control: this proof tells a ledger whose syncs come late.
  it('does not hold where syncs come late', async () => {
    const { faults } = await runOrder({ calls: 500, callOnce: callLedger, isHasty: true });
    expect(faults).to.have.length.above(500);
  });

  describe('through a decorated method', () => {
    const processor = new MarkingProcessor();
    before(() => {
      context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
      trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [processor] }));
    });
    after(() => {
      trace.disable();
      context.disable();
    });

    it('is: payload and intent durable, call, outcome durable, telemetry, promise', async () => {
      const { calls, faults } = await runOrder({ calls: 10_000, callOnce: decoratedCall(processor) });
      expect(faults.slice(0, 10)).to.deep.equal([]);
      expect(calls).to.equal(10_000);
      expect(processor.exported).to.have.property('size', 10_000);
    });
  });
});
