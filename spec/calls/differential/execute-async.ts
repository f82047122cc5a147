import type { Completion, Frame } from './frame.js';
import type { AsyncCall, Body, Statement, Step } from './program.js';

type Of<K extends Statement['do']> = Extract<Statement, { do: K }>;
type Running = AsyncGenerator<unknown, Completion>;

function start(frame: Frame, { method, body }: AsyncCall): PromiseLike<unknown> {
  return frame.methods[method](body, frame.nextPath());
}

function combine(how: Of<'together'>['how'], branches: readonly PromiseLike<unknown>[]): Promise<unknown> {
  switch (how) {
    case 'all':
      return Promise.all(branches);
    case 'allSettled':
      return Promise.allSettled(branches);
    case 'race':
      return Promise.race(branches);
    default:
      return Promise.any(branches);
  }
}

async function drive(frame: Frame, { isAsync, body, steps }: Of<'drive'>): Promise<void> {
  const path = frame.nextPath();
  const generator = isAsync ? frame.methods.asyncGenerator(body, path) : frame.methods.generator(body, path);
  const resume: Record<Step, (value: unknown) => unknown> = {
    next: (value) => generator.next(value),
    return: (value) => generator.return(value),
    throw: (value) => generator.throw(value),
  };
  for (const [index, step] of steps.entries()) frame.note(step, await resume[step](frame.world.values[index]));
}

/** Asks for several items before the first one came. */
async function pump(frame: Frame, { body, count }: Of<'pump'>): Promise<void> {
  const generator = frame.methods.asyncGenerator(body, frame.nextPath());
  const steps = Array.from({ length: count }, () => generator.next());
  frame.note('pumped', await Promise.allSettled(steps));
}

async function* iterate(frame: Frame, { isAsync, body, consumer, limit }: Of<'iterate'>): Running {
  const path = frame.nextPath();
  let count = 0;
  for await (const item of isAsync ? frame.methods.asyncGenerator(body, path) : frame.methods.generator(body, path)) {
    frame.note('item', item);
    const completion = yield* runBlock(frame, consumer);
    if (completion !== undefined) return completion;
    count++;
    if (count === limit) break;
  }
  return undefined;
}

async function* attempt(frame: Frame, { body, handler, cleanup }: Of<'try'>): Running {
  try {
    return yield* runBlock(frame, body);
  } catch (error) {
    if (handler === undefined) throw error;
    frame.note('caught', error);
    return yield* runBlock(frame, handler);
  } finally {
    if (cleanup !== undefined) yield* runBlock(frame, cleanup);
  }
}

async function* runSimple(frame: Frame, statement: Statement): Running {
  const { methods, world } = frame;
  switch (statement.do) {
    case 'throw':
      throw world.values[statement.value];
    case 'return':
      return { value: world.values[statement.value] };
    case 'yield':
      frame.note('received', yield world.values[statement.value]);
      return undefined;
    case 'try':
      return yield* attempt(frame, statement);
    case 'repeat':
      for (let round = 0; round < statement.times; round++) {
        const completion = yield* runBlock(frame, statement.body);
        if (completion !== undefined) return completion;
      }
      return undefined;
    case 'iterate':
      return yield* iterate(frame, statement);
    case 'delegate':
      frame.note('delegated', yield* methods.asyncGenerator(statement.body, frame.nextPath()));
      return undefined;
    default:
      await runWaiting(frame, statement);
      return undefined;
  }
}

async function runWaiting(frame: Frame, statement: Statement): Promise<void> {
  switch (statement.do) {
    case 'note':
      return frame.note('note');
    case 'enter':
      return frame.enter();
    case 'sleep':
      return frame.sleep(statement.delayMs);
    case 'call':
      return frame.note('called', frame.methods.sync(statement.body, frame.nextPath()));
    case 'await':
      return frame.note('awaited', await start(frame, statement));
    case 'float':
      void start(frame, statement);
      return undefined;
    case 'later': {
      const promise = start(frame, statement);
      await drainBlock(frame, statement.meanwhile);
      return frame.note('awaited late', await promise);
    }
    case 'together':
      return frame.note(
        statement.how,
        await combine(
          statement.how,
          statement.branches.map((one) => start(frame, one)),
        ),
      );
    case 'drive':
      return drive(frame, statement);
    case 'pump':
      return pump(frame, statement);
    default:
      return undefined;
  }
}

async function* runBlock(frame: Frame, body: Body): Running {
  for (const statement of body) {
    const completion = yield* runSimple(frame, statement);
    if (completion !== undefined) return completion;
  }
  return undefined;
}

async function drainBlock(frame: Frame, body: Body): Promise<Completion> {
  const running = runBlock(frame, body);
  let step = await running.next();
  while (step.done !== true) step = await running.next();
  return step.value;
}

/** The body of an async generator method. */
export async function* executeAsyncGenerator(frame: Frame, body: Body): AsyncGenerator<unknown, unknown> {
  const completion = yield* runBlock(frame, body);
  return completion?.value;
}

/** The body of an async method; what it would yield goes nowhere. */
export async function executeAsync(frame: Frame, body: Body): Promise<unknown> {
  return (await drainBlock(frame, body))?.value;
}
