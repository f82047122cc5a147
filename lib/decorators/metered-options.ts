import type { CallOptions } from './options.js';

/** Attributes of a metric. Every other value makes another time series, so keep ids and texts out. */
export type MetricAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** What `Metered` measures into. */
export interface InstrumentOptions {
  /** A counter of the calls that ended well; where `value` is given and no `histogram`, it adds up the values. */
  counter?: string;
  /** A histogram of what `value` makes of each result; without `value` of the seconds that calls took. */
  histogram?: string;
  /** The unit of the values, in UCUM: `By`, `{ticket}`. At most 63 characters. */
  unit?: string;
  /** What is measured. */
  description?: string;
}

/** Options of `Metered`. */
export interface MeteredOptions<Args extends unknown[] = never, R = unknown>
  extends Omit<CallOptions<Args, R>, 'attributes'>, InstrumentOptions {
  /** The span's name, where no other decorator gives one. Default `Class.method`. */
  name?: string | ((this: never, ...args: Args) => string);
  /** The value that is measured, made from the result. `undefined` measures nothing. */
  value?: (this: never, result: R) => number | undefined;
  /** Attributes of the metric (not of the span), as they are or made from the arguments. */
  attributes?: MetricAttributes | ((this: never, ...args: Args) => MetricAttributes | undefined);
}
