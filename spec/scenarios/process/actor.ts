/** A class of a user as the scenarios know it: one without the package, one decorated. */
export interface Actor {
  /** Does something now. */
  now<R>(work: () => R): R;
  /** Does something that takes its time. */
  later<R>(work: () => Promise<R>): Promise<R>;
  /** Does something step by step. */
  steps<R>(work: () => R): Generator<R>;
}
