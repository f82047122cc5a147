import type { FinishedSpan } from 'spanwright/testing';

/** How tracing stands while a program runs. The results of the program are the same in every state. */
export interface TracingState {
  /** What `SPEC_STATES` calls it. */
  readonly id: string;
  readonly title: string;
  /**
   * What becomes of a decorated method: `none`, it runs as a plain function; `unsampled`, a call that is counted and seen
   * by nobody; `sampled`, a call whose span everybody gets who listens.
   */
  readonly calls: 'none' | 'unsampled' | 'sampled';
  /** Sets it up, with the globals of OpenTelemetry as they were found. */
  enter(): Promise<EnteredState>;
}

/** A state that is in force. */
export interface EnteredState {
  /** Everybody who could get spans: the memory of a destination, the exporter of an application. */
  readonly readers: readonly (() => readonly FinishedSpan[])[];
  /** The trace that calls belong to, where the state gives them a parent. */
  readonly traceId?: string;
  /** True when leaving it ends open calls as abandoned, as the handle of `configureTracing` does. */
  readonly endsOpenCalls?: boolean;
  /** Runs a function below the parent that the state gives to calls, or where it is. */
  below<R>(work: () => R): R;
  /** Takes everything down again. */
  leave(): Promise<void>;
}

/** For states that give no parent. */
export function here<R>(work: () => R): R {
  return work();
}
