import type { CallFrame, Frame } from './current-ledger.js';
import { auditState, knownAuditState } from './current-ledger.js';
import type { RecordedCall } from './ledger.js';

/** The innermost of what this code runs in. */
export function currentFrame(): Frame | undefined {
  const frame = knownAuditState()?.frames.getStore();
  return frame?.kind === 'call' && frame.isOver ? undefined : frame;
}

/** True inside work of our own, which is not recorded. */
export function isExempt(): boolean {
  return currentFrame()?.kind === 'exempt';
}

/** What a call that begins here names as its parent. Counts it. */
export function nextParent(): { readonly id: string; readonly seq: number } | undefined {
  const frame = currentFrame();
  return frame?.kind === 'call' ? { id: frame.id, seq: frame.nextChild() } : undefined;
}

type Parent = Pick<RecordedCall, 'id' | 'nextChild'>;

/** The inside of one audited call: what runs in it has the call for a parent, until it is left. */
export class Inside implements CallFrame {
  readonly kind = 'call';
  readonly id: string;
  // Let go at the end: what was opened inside, a socket or a timer, keeps its frame for as long as it lives.
  #call: Parent | undefined;

  constructor(call: Parent) {
    this.id = call.id;
    this.#call = call;
  }

  get isOver(): boolean {
    return this.#call === undefined;
  }

  nextChild(): number {
    return this.#call?.nextChild() ?? 0;
  }

  /**
   * Runs work inside. Carried by an AsyncLocalStorage of our own and not by the context of OpenTelemetry, which does not travel
   * where no context manager is registered.
   */
  run<R>(work: () => R): R {
    return auditState().frames.run(this, work);
  }

  /** The call is over. */
  leave(): void {
    this.#call = undefined;
  }
}
