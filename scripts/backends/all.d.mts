/** A backend while it runs. */
export interface RunningBackend {
  /** Where it is asked: a URL, or the file that it writes. */
  readonly api: string;
  /** Where it takes spans over OTLP/HTTP, without a path. */
  readonly otlp: string;
  readonly stop: () => Promise<void>;
}

export interface Backend {
  readonly name: 'phoenix' | 'mlflow' | 'collector' | 'jaeger';
  readonly title: string;
  readonly version: string;
  readonly how: string;
  /** Why it cannot be had on this machine; nothing when it can. */
  readonly missing: () => Promise<string | undefined> | string | undefined;
  readonly prepare: () => Promise<unknown>;
  readonly start: (folder: string) => Promise<RunningBackend>;
}

export declare const backends: readonly Backend[];
