// Prints what a process looks like before the package is there, while it works, and when it was shut down.
import type { Actor } from './actor.js';

/** What a program could notice of somebody else in its process. */
function look(): Record<string, unknown> {
  const listeners = process.eventNames().map((name) => [String(name), process.listenerCount(name)] as const);
  return {
    listeners: Object.fromEntries(listeners.filter(([, count]) => count > 0)),
    // class-validator keeps what it knows there, from the first configuration on.
    globals: Object.getOwnPropertyNames(globalThis).filter((name) => name !== 'classValidatorMetadataStorage'),
    env: JSON.stringify(process.env),
    cwd: process.cwd(),
    title: process.title,
    limit: Error.stackTraceLimit,
    prepare: String(Error.prepareStackTrace),
    // Its getter opens the descriptor, so it must not have run.
    stdin: typeof Object.getOwnPropertyDescriptor(process, 'stdin')?.get,
    intrinsics: [Promise.prototype.then, Array.prototype.push, JSON.stringify, globalThis.fetch, console.log].map(
      (fn) => Function.prototype.toString.call(fn),
    ),
    // The loader of modules still closes files.
    resources: process.getActiveResourcesInfo().filter((name) => name !== 'CloseReq'),
    argv: process.argv.join(),
    exitCode: process.exitCode,
  };
}

const before = look();
const { actor, finish } = (await import('./traced-actor.js')) as { actor: Actor; finish(): Promise<void> };
const configured = look();
await actor.later(async () => await Promise.resolve('work'));
const pending = actor.later(() => new Promise(() => {}));
const working = look();
await finish();
// A turn of the loop: what was closed is gone.
await new Promise((resolve) => {
  setImmediate(resolve);
});
const after = look();
void pending;
console.log(JSON.stringify({ before, configured, working, after }));
