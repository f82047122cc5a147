// wrap and run keep types, and their options see them.
import type { CurrentCall } from 'spanwright';
import { Task, Traced, Workflow } from 'spanwright';
import type { Holds, Same } from './same.js';

function load(id: number, deep?: boolean): string {
  return `${id} ${deep}`;
}
function first<T>(items: readonly T[]): T | undefined {
  return items[0];
}
async function later(text: string): Promise<{ text: string }> {
  await Promise.resolve();
  return { text };
}
function bound(this: { base: number }, by: number): number {
  return this.base + by;
}

const bare = Traced.wrap(load);
const named = Traced.wrap('load', load);
const generic = Task.wrap('first', first);
const withThis = Traced.wrap(bound);
const hooks = Traced.wrap(
  {
    name: (id) => `load ${id.toFixed()}`,
    attributes: (id, deep) => ({ id, deep }),
    onResult: (text) => ({ length: text.length }),
    args: () => undefined,
  },
  load,
);
const task = Task.wrap(
  { id: (text) => text.trim(), score: (result) => result.text.length, status: () => 'done' },
  later,
);
const workflow = Workflow.wrap({ name: 'nightly', description: (text) => text.trim(), runId: () => 'run' }, later);

export type Kept = [
  Holds<Same<typeof bare, typeof load>>,
  Holds<Same<typeof named, typeof load>>,
  Holds<Same<typeof generic, typeof first>>,
  Holds<Same<typeof withThis, typeof bound>>,
  Holds<Same<typeof hooks, typeof load>>,
  Holds<Same<typeof task, typeof later>>,
  Holds<Same<typeof workflow, typeof later>>,
];

const run = Traced.run('block', (call) => {
  const handle: CurrentCall = call;
  return handle.sampled;
});
const runLater = Task.run({ type: 'review', score: (n) => n.toFixed().length }, async () => await Promise.resolve(1));
const runWorkflow = Workflow.run('nightly', () => 'text' as const);

export type Results = [
  Holds<Same<typeof run, boolean>>,
  Holds<Same<typeof runLater, Promise<number>>>,
  Holds<Same<typeof runWorkflow, 'text'>>,
];

// @ts-expect-error the function takes a number
Traced.wrap({ attributes: (id: string) => ({ id }) }, load);
// @ts-expect-error the function gives a string
Traced.wrap({ onResult: (result: number) => ({ result }) }, load);
// @ts-expect-error not a function
Traced.wrap('name', 5);
// @ts-expect-error a function is missing
Traced.wrap('name');
// @ts-expect-error an unknown option
Traced.wrap({ nmae: 'x' }, load);
// @ts-expect-error the options come first
Traced.wrap(load, 'name');
// @ts-expect-error a block has no arguments
Traced.run({ attributes: (id: string) => ({ id }) }, () => 1);
// @ts-expect-error the block gives a number
Task.run({ score: (text: string) => text.length }, () => 1);
// @ts-expect-error a name or options are missing
Traced.run(() => 1);
// @ts-expect-error an unknown option
Workflow.run({ score: () => 1 }, () => 1);
