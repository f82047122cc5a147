import { setImmediate as nextTurn } from 'node:timers/promises';
import { trace as api } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import type { Ledger } from '#lib/audit/ledger.js';
import { AuditedCall } from '#lib/index.js';
import type { CallOnce } from './order-run.js';
import type { DiskTrace } from './traced-files.js';

const CALL_ID = 'spanwright.audit.call_id';

interface Seen {
  id: string;
  started: number;
  ended: number;
}

class Model {
  readonly ledger: Ledger;
  readonly #trace: DiskTrace;

  constructor(ledger: Ledger, trace: DiskTrace) {
    this.ledger = ledger;
    this.#trace = trace;
  }

  @AuditedCall({ callType: 'http', level: 'requestResponse', ledger: (self: Model) => self.ledger })
  async ask(_question: string): Promise<Seen> {
    const span = api.getActiveSpan() as unknown as ReadableSpan;
    const started = this.#trace.mark('start');
    await nextTurn();
    return { id: String(span.attributes[CALL_ID]), started, ended: this.#trace.mark('end') };
  }
}

/** Notes in a trace when each span is given to those who export it. */
export class MarkingProcessor implements SpanProcessor {
  readonly exported = new Map<string, number>();
  trace: DiskTrace | undefined;

  onStart(): void {}

  onEnd(span: ReadableSpan): void {
    this.exported.set(String(span.attributes[CALL_ID]), this.trace?.mark('export') ?? -1);
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

/** A call of a decorated method, whose span a processor sees. */
export function decoratedCall(processor: MarkingProcessor): CallOnce {
  return async (ledger, trace, n) => {
    processor.trace = trace;
    const { id, started, ended } = await new Model(ledger, trace).ask(`question ${n}`);
    const told = trace.mark('told');
    return [id, { started, ended, exported: processor.exported.get(id) ?? Infinity, told }];
  };
}
