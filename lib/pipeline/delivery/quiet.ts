import { AsyncResource } from 'node:async_hooks';
import type { Context } from '@opentelemetry/api';
import { context, ROOT_CONTEXT } from '@opentelemetry/api';

/**
 * Runs work of ours outside of everybody's calls: no span of the user's is active, none is made of what it does, and no
 * store of the user's is kept alive by its timers and sockets.
 */
export class Quiet {
  readonly #outside = new AsyncResource('spanwright.delivery', { requireManualDestroy: true });
  readonly #context: Context;

  constructor(suppressTracing: (context: Context) => Context) {
    this.#context = suppressTracing(ROOT_CONTEXT);
  }

  run<T>(work: () => T): T {
    return this.#outside.runInAsyncScope(() => context.with(this.#context, work));
  }
}
