import type { Context } from '@opentelemetry/api';
import { createContextKey } from '@opentelemetry/api';
import { activeContext } from '../calls/active-context.js';
import type { CallFrame, Frame } from './current-ledger.js';
import { auditState, knownAuditState } from './current-ledger.js';
import type { RecordedCall } from './ledger.js';

const KEY = createContextKey('spanwright.audited');

function frameIn(context: Context): Frame | undefined {
  return context.getValue(KEY) as Frame | undefined;
}

function deeper(one: Frame | undefined, other: Frame | undefined): Frame | undefined {
  return (one?.depth ?? 0) > (other?.depth ?? 0) ? one : other;
}

/**
 * The innermost of what this code runs in. Two things carry it: the context of a method, which the engine enters, and an
 * AsyncLocalStorage of our own for the inside of clients, because without a context manager contexts do not travel.
 */
export function currentFrame(context: Context = activeContext()): Frame | undefined {
  const frame = deeper(frameIn(context), knownAuditState()?.frames.getStore());
  return frame?.kind === 'call' && frame.isOver ? undefined : frame;
}

/** True inside work of our own, which is not recorded. */
export function isExempt(): boolean {
  return currentFrame()?.kind === 'exempt';
}

/** What a call that begins here names as its parent. Counts it. */
export function nextParent(context?: Context): { readonly id: string; readonly seq: number } | undefined {
  const frame = currentFrame(context);
  return frame?.kind === 'call' ? { id: frame.id, seq: frame.nextChild() } : undefined;
}

class FrameOfCall implements CallFrame {
  readonly kind = 'call';
  readonly depth: number;
  readonly id: string;
  // Let go at the end: what was opened inside keeps its frame for as long as it lives.
  #call: Pick<RecordedCall, 'nextChild'> | undefined;

  constructor(call: Pick<RecordedCall, 'id' | 'nextChild'>, depth: number) {
    this.id = call.id;
    this.depth = depth;
    this.#call = call;
  }

  get isOver(): boolean {
    return this.#call === undefined;
  }

  nextChild(): number {
    return this.#call?.nextChild() ?? 0;
  }

  end(): void {
    this.#call = undefined;
  }
}

function createFrame(call: Pick<RecordedCall, 'id' | 'nextChild'>, context: Context): FrameOfCall {
  return new FrameOfCall(call, (currentFrame(context)?.depth ?? 0) + 1);
}

/** A context in which calls are children of this one; for a method, which the engine runs in it. */
export function withCall(context: Context, call: Pick<RecordedCall, 'id' | 'nextChild'>): Context {
  return context.setValue(KEY, createFrame(call, context));
}

/** Runs the inside of a client; returns what ends its being inside, beside the result. */
export function runInCall<R>(
  call: Pick<RecordedCall, 'id' | 'nextChild'>,
  work: () => R,
): { readonly result: R; readonly leave: () => void } {
  const frame = createFrame(call, activeContext());
  return { result: auditState().frames.run(frame, work), leave: () => frame.end() };
}
