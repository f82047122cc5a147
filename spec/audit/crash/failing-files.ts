import type { FileSystem } from '#lib/audit/stores/file-system.js';
import { nodeFileSystem } from '#lib/audit/stores/file-system.js';

type Loose = (...args: unknown[]) => unknown;

/** The machine's file system, of which one call fails with `EIO`. */
export class FailingFiles {
  /** Calls so far. */
  count = 0;
  /** The name of the call that failed. */
  failed: string | undefined;
  readonly #failsAt: number;

  /** `failsAt`: which call fails, from 1. */
  constructor(failsAt: number) {
    this.#failsAt = failsAt;
  }

  files(): FileSystem {
    return new Proxy(nodeFileSystem, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as Loose;
        if (typeof method !== 'function') return method;
        return (...args: unknown[]) => this.#call(String(name), method, args);
      },
    });
  }

  #call(name: string, method: Loose, args: unknown[]): unknown {
    this.count++;
    if (this.count !== this.#failsAt) return method(...args);
    this.failed = name;
    const error = Object.assign(new Error(`EIO: i/o error, ${name}`), { code: 'EIO', syscall: name });
    const done = args.at(-1);
    if (typeof done !== 'function') throw error;
    setImmediate(done as Loose, error);
    return undefined;
  }
}
