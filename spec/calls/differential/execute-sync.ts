import type { Completion, Frame } from './frame.js';
import type { Body, Statement, Step } from './program.js';

type Of<K extends Statement['do']> = Extract<Statement, { do: K }>;
type Running = Generator<unknown, Completion>;

/** Resumes a generator by hand, as often as there are steps. */
function drive(frame: Frame, { body, steps }: Of<'drive'>): void {
  const generator = frame.methods.generator(body, frame.nextPath());
  const resume: Record<Step, (value: unknown) => unknown> = {
    next: (value) => generator.next(value),
    return: (value) => generator.return(value),
    throw: (value) => generator.throw(value),
  };
  for (const [index, step] of steps.entries()) frame.note(step, resume[step](frame.world.values[index]));
}

function* iterate(frame: Frame, { body, consumer, limit }: Of<'iterate'>): Running {
  let count = 0;
  for (const item of frame.methods.generator(body, frame.nextPath())) {
    frame.note('item', item);
    const completion = yield* runBlock(frame, consumer);
    if (completion !== undefined) return completion;
    count++;
    if (count === limit) break;
  }
  return undefined;
}

function* attempt(frame: Frame, { body, handler, cleanup }: Of<'try'>): Running {
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

function* runStatement(frame: Frame, statement: Statement): Running {
  const { methods, world } = frame;
  switch (statement.do) {
    case 'note':
      frame.note('note');
      return undefined;
    case 'enter':
      frame.enter();
      return undefined;
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
    case 'call':
      frame.note('called', methods.sync(statement.body, frame.nextPath()));
      return undefined;
    case 'delegate':
      frame.note('delegated', yield* methods.generator(statement.body, frame.nextPath()));
      return undefined;
    case 'float':
      void methods[statement.method](statement.body, frame.nextPath());
      return undefined;
    case 'iterate':
      return statement.isAsync ? undefined : yield* iterate(frame, statement);
    case 'drive':
      if (!statement.isAsync) drive(frame, statement);
      return undefined;
    default:
      return undefined;
  }
}

function* runBlock(frame: Frame, body: Body): Running {
  for (const statement of body) {
    const completion = yield* runStatement(frame, statement);
    if (completion !== undefined) return completion;
  }
  return undefined;
}

/** The body of a generator method. */
export function* executeGenerator(frame: Frame, body: Body): Generator<unknown, unknown> {
  const completion = yield* runBlock(frame, body);
  return completion?.value;
}

/** The body of a sync method; what it would yield goes nowhere. */
export function executeSync(frame: Frame, body: Body): unknown {
  const running = runBlock(frame, body);
  let step = running.next();
  while (step.done !== true) step = running.next();
  return step.value?.value;
}
