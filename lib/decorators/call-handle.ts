/** What a call knows of itself while it runs. Every method is safe at any time; after the end they do nothing. */
export interface CurrentCall {
  /** 32 hex digits; empty when nobody listens. */
  readonly traceId: string;
  /** 16 hex digits; empty when nobody listens. */
  readonly spanId: string;
  /** True when the span is exported. */
  readonly sampled: boolean;
  /** Sets attributes; structures become JSON, `undefined` is left out. */
  setAttributes(attributes: Readonly<Record<string, unknown>>): void;
  /** Adds an event at this moment. */
  addEvent(name: string, attributes?: Readonly<Record<string, unknown>>): void;
}

/** What a block gets when nobody listens: it has no ids and keeps nothing. */
export const INERT_CALL: CurrentCall = Object.freeze({
  traceId: '',
  spanId: '',
  sampled: false,
  setAttributes: () => {},
  addEvent: () => {},
});
