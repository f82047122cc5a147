/** How a call ended. */
export type Outcome = 'ok' | 'error' | 'cancelled' | 'abandoned';

/** The function a decorator stands on. `className` is known when the class is. */
export interface Subject {
  readonly functionName: string;
  readonly className: string | undefined;
  /** `Class.method`, or the function's own name. */
  readonly qualifiedName: string;
}

/** The arguments of one call. */
export type CallArguments = ArrayLike<unknown>;
