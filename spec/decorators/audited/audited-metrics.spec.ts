import { expect } from 'chai';
import { AuditedCall, configureTracing, Metered } from '#lib/index.js';
import { Measured } from '../../genai/measured.js';
import { RecordingLedger } from './recording-ledger.js';

/** Looks at what is measured in the moment in which an outcome is asked for. */
class WatchingLedger extends RecordingLedger {
  measuredAtOutcome: unknown[] | undefined;

  constructor(readonly measured: Measured) {
    super();
  }

  override async begin(...args: Parameters<RecordingLedger['begin']>): ReturnType<RecordingLedger['begin']> {
    const call = await super.begin(...args);
    return {
      ...call,
      end: async (...end) => {
        this.measuredAtOutcome = await this.measured.values('spanwright.calls');
        await call.end(...end);
      },
    };
  }
}

describe('AuditedCall that is measured', () => {
  it('is measured when its outcome is kept, and not before', async () => {
    const measured = new Measured();
    const tracing = configureTracing({
      metrics: true,
      destinations: [{ provider: 'memory' }],
      logger: { warn: () => {} },
    });
    const ledger = new WatchingLedger(measured);
    class Service {
      @Metered
      @AuditedCall({ ledger })
      async get(): Promise<number> {
        return 1;
      }
    }
    try {
      expect(await new Service().get()).equal(1);
      expect(ledger.measuredAtOutcome).deep.equal([]);
      expect(await measured.values('spanwright.calls')).lengthOf(1);
    } finally {
      await tracing.shutdown();
      await measured.stop();
    }
  });
});
