/* oxlint-disable no-throw-literal, typescript/only-throw-error, typescript/prefer-promise-reject-errors, unicorn/no-process-exit
   -- what a program should not do and does */
import { execFileSync } from 'node:child_process';
import type { Actor } from './actor.js';

type Scenario = (actor: Actor) => unknown;

const forever = (): Promise<never> =>
  new Promise(() => {
    setInterval(() => {}, 1_000_000);
  });

const turn = (): Promise<unknown> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/** What the programs do. What it throws and prints stands here, the same for every kind of actor. */
export const scenarios = {
  ends: async (actor) => {
    console.log(
      actor.now(() => 'now'),
      await actor.later(async () => 'later'),
      [...actor.steps(() => 'step')],
    );
    console.error('to stderr');
  },
  'throws an error': (actor) =>
    actor.now(() => {
      throw new TypeError('thrown now');
    }),
  'throws no object': (actor) =>
    actor.now(() => {
      throw 'a string';
    }),
  'throws undefined': (actor) =>
    actor.now(() => {
      throw undefined;
    }),
  'throws from a timer': (actor) => {
    setTimeout(() =>
      actor.now(() => {
        throw new RangeError('thrown later');
      }),
    );
  },
  'throws from a step': (actor) => [
    ...actor.steps(() => {
      throw new RangeError('thrown by a step');
    }),
  ],
  'awaits a rejection': async (actor) =>
    await actor.later(async () => {
      throw new RangeError('awaited');
    }),
  'leaves a rejection': async (actor) => {
    void actor.later(async () => {
      throw new RangeError('left alone');
    });
    await turn();
    console.log('went on');
  },
  'leaves a rejection with undefined': async (actor) => {
    void actor.later(() => Promise.reject());
    await turn();
    console.log('went on');
  },
  'handles a rejection late': async (actor) => {
    const rejected = actor.later(async () => {
      throw new RangeError('handled late');
    });
    await turn();
    await rejected.catch((error: unknown) => console.log('caught', String(error)));
  },
  'listens to rejections': async (actor) => {
    const reason = new RangeError('the reason');
    process.on('unhandledRejection', (seen, promise) => console.log('unhandled', seen === reason, promise === left));
    process.on('rejectionHandled', (promise) => console.log('handled', promise === left));
    const left = actor.later(() => Promise.reject(reason));
    await turn();
    left.catch(() => console.log('caught'));
    await turn();
  },
  'listens to uncaught errors': (actor) => {
    process.on('uncaughtExceptionMonitor', (error, origin) => console.log('monitor', error.message, origin));
    process.on('uncaughtException', (error, origin) => {
      console.log('uncaught', error.message, origin);
      process.exitCode = 9;
    });
    setImmediate(() => void actor.later(() => Promise.reject(new Error('rejected'))));
    actor.now(() => {
      throw new Error('thrown');
    });
  },
  'captures uncaught errors': (actor) => {
    process.setUncaughtExceptionCaptureCallback((error) => console.log('captured', error.message));
    setImmediate(() =>
      actor.now(() => {
        throw new Error('thrown');
      }),
    );
  },
  'exits inside': (actor) => actor.now(() => process.exit(3)),
  'exits inside a promise': async (actor) =>
    await actor.later(async () => {
      await turn();
      return process.exit(4);
    }),
  'sets the exit code': (actor) =>
    actor.now(() => {
      process.exitCode = 5;
    }),
  'listens to its end': (actor) => {
    process.on('exit', (code) => console.log('exit', code, process.exitCode));
    process.once('beforeExit', (code) => {
      console.log('before exit', code);
      setImmediate(() => actor.now(() => console.log('more work')));
    });
    actor.now(() => {
      process.exitCode = 6;
    });
  },
  'leaves a call open': (actor) => {
    void actor.later(() => new Promise(() => {}));
  },
  'awaits what never comes': (actor) => actor.later(() => new Promise(() => {})),
  'aborts a timeout': async (actor) =>
    await actor.later(async () => {
      await fetch('http://127.0.0.1:9/', { signal: AbortSignal.abort(new DOMException('given up', 'AbortError')) });
    }),
  warns: (actor) =>
    actor.now(() => {
      process.emitWarning('take care', { code: 'CARE' });
    }),
  'warns of deprecation': (actor) =>
    actor.now(() => {
      process.emitWarning('old', 'DeprecationWarning', 'DEP_ACTOR');
    }),
  'kills itself': (actor) => actor.now(() => process.kill(process.pid, 'SIGTERM')) && forever(),
  'runs a child': (actor) => actor.now(() => console.log(execFileSync(process.execPath, ['-p', '1 + 1']).toString())),
  'reads its input': async (actor) => {
    let length = 0;
    for await (const chunk of process.stdin) length += actor.now(() => (chunk as Buffer).length);
    console.log(length);
  },
  'waits for a signal': async (actor) => {
    console.log('ready');
    await actor.later(forever);
  },
  'listens to a signal': async (actor) => {
    process.once('SIGTERM', (signal) => {
      console.log('got', signal);
      process.exit(actor.now(() => 7));
    });
    console.log('ready');
    await actor.later(forever);
  },
} satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;
