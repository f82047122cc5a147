// node thread.js <scenario>: starts itself as a worker thread, which does something inside a call, and tells how it ended.
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { Actor } from './actor.js';

const { actor } = (await import(process.env['KIND'] === 'plain' ? './plain-actor.js' : './traced-actor.js')) as {
  actor: Actor;
};

const scenarios: Readonly<Record<string, () => unknown>> = {
  ends: () => actor.now(() => parentPort?.postMessage('ready')),
  throws: () =>
    actor.now(() => {
      throw new RangeError('in the thread');
    }),
  rejects: () => void actor.later(() => Promise.reject(new RangeError('in the thread'))),
  exits: () => actor.now(() => process.exit(4)),
  'is terminated': async () => {
    parentPort?.postMessage('ready');
    await actor.later(
      () =>
        new Promise(() => {
          setInterval(() => {}, 1_000_000);
        }),
    );
  },
  'is terminated while busy': () =>
    actor.now(() => {
      parentPort?.postMessage('ready');
      for (;;);
    }),
  'runs out of memory': () =>
    actor.now(() => {
      const kept: unknown[] = [];
      for (;;) kept.push(Array.from({ length: 1000 }, (_none, index) => ({ index })));
    }),
};

async function watch(scenario: string): Promise<void> {
  const limits = scenario === 'runs out of memory' ? { resourceLimits: { maxOldGenerationSizeMb: 64 } } : {};
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: scenario, ...limits });
  worker.on('error', (error: Error & { code?: string }) =>
    console.log('error', error.name, error.code ?? error.message),
  );
  worker.on('message', (message) => {
    console.log('message', message);
    if (scenario.startsWith('is terminated')) void worker.terminate();
  });
  const code = await new Promise<number>((resolve) => {
    worker.on('exit', resolve);
  });
  console.log('exit', code, await actor.later(async () => 'and the main thread goes on'));
}

if (isMainThread) await watch(process.argv[2] ?? '');
else await scenarios[workerData as string]?.();
