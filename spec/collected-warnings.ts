import { state } from '#lib/core/state.js';

/** One warning of ours as a logger gets it. */
export interface SeenWarning {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

/** Takes the warnings of the process instead of standard error, said before or not, until `stop()`. */
export class CollectedWarnings {
  readonly seen: SeenWarning[] = [];
  readonly #logger = state.logger;
  readonly #said = [...state.warned];

  constructor() {
    state.warned.clear();
    state.logger = this.logger;
  }

  /** For `configureTracing`, which puts its own `logger` option in place. */
  get logger(): { warn(warning: unknown): void } {
    return { warn: (warning) => this.seen.push(warning as SeenWarning) };
  }

  codes(): string[] {
    return this.seen.map(({ code }) => code);
  }

  stop(): void {
    state.logger = this.#logger;
    for (const key of this.#said) state.warned.add(key);
  }
}
