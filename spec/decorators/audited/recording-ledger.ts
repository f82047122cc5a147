import { setTimeout as later } from 'node:timers/promises';
import type { CallEnd, CallStart, Captured, Ledger, RecordedCall } from '#lib/audit/ledger.js';

interface Told {
  readonly start: CallStart;
  readonly chunks: Captured[];
  end: CallEnd | undefined;
}

/** Notes what the engine tells a ledger, in order, and can be told to fail: what the order of its calls is proven by. */
export class RecordingLedger implements Ledger {
  readonly id = 'recording';
  readonly directory = undefined;
  readonly isDurable = false;
  readonly calls: Told[] = [];
  readonly log: string[] = [];
  refusesIntents = false;
  losesOutcomes = false;

  #note(start: CallStart): { readonly told: Told; readonly call: RecordedCall } {
    const told: Told = { start, chunks: [], end: undefined };
    this.calls.push(told);
    let children = 0;
    const close = (end: CallEnd): void => {
      if (told.end !== undefined) throw new Error('ended twice');
      told.end = end;
      this.log.push('outcome asked');
    };
    const lose = (cause: { readonly thrown: unknown } | undefined): void => {
      if (!this.losesOutcomes) return;
      throw Object.assign(new Error('lost', cause && { cause: cause.thrown }), { code: 'AUDIT_OUTCOME_LOST' });
    };
    const call: RecordedCall = {
      id: `call-${this.calls.length}`,
      attempt: 1,
      nextChild: () => ++children,
      chunk: (item) => told.chunks.push(item),
      end: async (end, cause) => {
        close(end);
        await later(2);
        lose(cause);
        this.log.push('outcome durable');
      },
      endSync: (end, cause) => {
        close(end);
        lose(cause);
        this.log.push('outcome durable');
      },
    };
    return { told, call };
  }

  async begin(start: CallStart): Promise<RecordedCall> {
    if (this.refusesIntents) throw Object.assign(new Error('refused'), { code: 'AUDIT_INTENT_NOT_DURABLE' });
    const { call } = this.#note(start);
    await later(2);
    this.log.push('intent durable');
    return call;
  }

  beginSync(start: CallStart): RecordedCall {
    if (this.refusesIntents) throw Object.assign(new Error('refused'), { code: 'AUDIT_INTENT_NOT_DURABLE' });
    this.log.push('intent durable');
    return this.#note(start).call;
  }

  append(): never {
    throw new Error('not used here');
  }
  recover(): never {
    throw new Error('not used here');
  }
  health(): never {
    throw new Error('not used here');
  }
  async close(): Promise<void> {}
  closeSync(): void {}
  async [Symbol.asyncDispose](): Promise<void> {}
}
