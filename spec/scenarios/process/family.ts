// node family.js <cluster|fork>: a parent that starts children; what each recorded is in `$SPANS.<name>`.
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import cluster from 'node:cluster';
import type { EventEmitter } from 'node:events';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Carrier } from 'spanwright';
import { configureTracing, injectContext, Traced, withExtractedContext } from 'spanwright';

interface Order {
  readonly task: 'work' | 'exit' | 'leave';
  readonly carrier: Record<string, string>;
}

class Child {
  @Traced('start')
  start(): void {}

  @Traced('handle')
  async handle({ task }: Order): Promise<void> {
    await Promise.resolve();
    // oxlint-disable-next-line unicorn/no-process-exit -- how the child ends is the point
    if (task === 'exit') process.exit(3);
    process.send?.(`${task} done`);
  }
}

class Parent {
  @Traced('dispatch')
  async dispatch(child: EventEmitter & Pick<ChildProcess, 'send'>, task: Order['task']): Promise<unknown> {
    child.send({ task, carrier: injectContext({}) } satisfies Order);
    const [answer] = (await once(child, task === 'exit' ? 'exit' : 'message')) as [unknown];
    return answer;
  }

  @Traced('fork')
  fork(): ChildProcess {
    return fork(fileURLToPath(import.meta.url), ['child'], {
      env: injectContext({ ...process.env, NAME: 'forked' }) as NodeJS.ProcessEnv,
    });
  }
}

const { SPANS = '', NAME = 'parent' } = process.env;
configureTracing({ serviceName: NAME, destinations: [{ provider: 'file', path: `${SPANS}.${NAME}` }] });

function serve(): void {
  const child = new Child();
  withExtractedContext(process.env as Carrier, () => child.start());
  // What came before a listener was there would be lost in a cluster.
  setImmediate(() => process.send?.('ready'));
  process.on('message', (order: Order) => {
    void withExtractedContext(order.carrier, () => child.handle(order)).then(() => {
      if (order.task !== 'leave') return;
      // Left to end by itself: what waits is delivered before. In a cluster the plain disconnect would end it at once.
      if (cluster.worker === undefined) process.disconnect?.();
      else cluster.worker.disconnect();
    });
  });
}

async function exitOf(child: EventEmitter): Promise<unknown[]> {
  return (await once(child, 'exit')) as unknown[];
}

async function lead(): Promise<void> {
  const parent = new Parent();
  const workers = ['first', 'second'].map((name) => cluster.fork({ NAME: name }));
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  for (const worker of workers) {
    const exited = exitOf(worker);
    console.log(await parent.dispatch(worker, 'work'));
    const isLast = worker === workers.at(-1);
    if (isLast) {
      worker.process.kill('SIGKILL');
    } else {
      console.log(await parent.dispatch(worker, 'leave'));
    }
    console.log(...(await exited));
  }
}

async function raise(): Promise<void> {
  const parent = new Parent();
  const child = parent.fork();
  const exited = exitOf(child);
  await once(child, 'message');
  console.log(await parent.dispatch(child, 'work'));
  console.log(await parent.dispatch(child, 'leave'));
  console.log(...(await exited));
  const other = fork(fileURLToPath(import.meta.url), ['child'], { env: { ...process.env, NAME: 'other' } });
  await once(other, 'message');
  console.log(await parent.dispatch(other, 'exit'));
}

if (cluster.isWorker || process.argv[2] === 'child') serve();
else await (process.argv[2] === 'cluster' ? lead() : raise());
