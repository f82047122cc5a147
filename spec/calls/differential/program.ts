import * as fc from 'fast-check';

/** Methods that an asynchronous body may call; each gives its result in another kind of promise. */
export type AsyncMethod = 'immediate' | 'deferred' | 'lazy' | 'special';

/** One call of an asynchronous method. */
export interface AsyncCall {
  readonly method: AsyncMethod;
  readonly body: Body;
}

/** One statement of a program. Where the body cannot do it (a sync method cannot wait) it does nothing. */
export type Statement =
  | { readonly do: 'note' | 'enter' }
  | { readonly do: 'throw' | 'return' | 'yield'; readonly value: number }
  | { readonly do: 'sleep'; readonly delayMs: number }
  | { readonly do: 'try'; readonly body: Body; readonly handler: Body | undefined; readonly cleanup: Body | undefined }
  | { readonly do: 'repeat'; readonly times: number; readonly body: Body }
  | { readonly do: 'call' | 'delegate'; readonly body: Body }
  | ({ readonly do: 'await' | 'float' } & AsyncCall)
  | ({ readonly do: 'later'; readonly meanwhile: Body } & AsyncCall)
  | {
      readonly do: 'together';
      readonly how: 'all' | 'allSettled' | 'race' | 'any';
      readonly branches: readonly AsyncCall[];
    }
  | {
      readonly do: 'iterate';
      readonly isAsync: boolean;
      readonly body: Body;
      readonly consumer: Body;
      readonly limit: number;
    }
  | { readonly do: 'drive'; readonly isAsync: boolean; readonly body: Body; readonly steps: readonly Step[] }
  | { readonly do: 'pump'; readonly body: Body; readonly count: number };

/** How a generator is resumed by hand. */
export type Step = 'next' | 'return' | 'throw';

/** The statements of one method, or of a block in it. */
export type Body = readonly Statement[];

/** Values to throw, return and yield stand in a list; programs name them by their place in it. */
export const VALUE_COUNT = 9;

const value = fc.nat(VALUE_COUNT - 1);
const method = fc.constantFrom<AsyncMethod>('immediate', 'deferred', 'lazy', 'special');
const delayMs = fc.integer({ min: 1, max: 20 });
const resumption = fc.constantFrom<Step>('next', 'next', 'next', 'return', 'throw');

const sleep = fc.record({ do: fc.constant('sleep' as const), delayMs });
const simple: fc.Arbitrary<Statement> = fc.oneof(
  fc.record({ do: fc.constantFrom('note' as const, 'note' as const, 'enter' as const) }),
  fc.record({ do: fc.constantFrom('yield' as const, 'yield' as const, 'throw' as const, 'return' as const), value }),
  sleep,
);

const { statement } = fc.letrec<{
  statement: Statement;
  body: Body;
  detached: Body;
  call: AsyncCall;
  detachedCall: AsyncCall;
}>((tie) => ({
  body: fc.array(tie('statement'), { maxLength: 4 }),
  // Two chains that run in the same turn of the loop would race for microtasks; a timer in front of each orders them.
  detached: fc.tuple(sleep, tie('body')).map(([first, rest]): Body => [first, ...rest]),
  call: fc.record({ method, body: tie('body') }),
  detachedCall: fc.record({ method, body: tie('detached') }),
  statement: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    { arbitrary: simple, weight: 5 },
    {
      arbitrary: fc.record({
        do: fc.constant('try' as const),
        body: tie('body'),
        handler: fc.option(tie('body'), { nil: undefined }),
        cleanup: fc.option(tie('body'), { nil: undefined }),
      }),
      weight: 2,
    },
    fc.record({ do: fc.constant('repeat' as const), times: fc.integer({ min: 2, max: 3 }), body: tie('body') }),
    {
      arbitrary: fc.record({ do: fc.constantFrom('call' as const, 'delegate' as const), body: tie('body') }),
      weight: 2,
    },
    { arbitrary: tie('call').map((call) => ({ do: 'await' as const, ...call })), weight: 3 },
    tie('detachedCall').map((call) => ({ do: 'float' as const, ...call })),
    fc
      .tuple(tie('detachedCall'), tie('body'))
      .map(([call, meanwhile]) => ({ do: 'later' as const, ...call, meanwhile })),
    fc.record({
      do: fc.constant('together' as const),
      how: fc.constantFrom('all' as const, 'allSettled' as const, 'race' as const, 'any' as const),
      branches: fc.array(tie('detachedCall'), { minLength: 1, maxLength: 3 }),
    }),
    {
      arbitrary: fc.record({
        do: fc.constant('iterate' as const),
        isAsync: fc.boolean(),
        body: tie('body'),
        consumer: tie('body'),
        limit: fc.integer({ min: 1, max: 5 }),
      }),
      weight: 2,
    },
    fc.record({
      do: fc.constant('drive' as const),
      isAsync: fc.boolean(),
      body: tie('body'),
      steps: fc.array(resumption, { minLength: 1, maxLength: 5 }),
    }),
    fc.record({ do: fc.constant('pump' as const), body: tie('body'), count: fc.integer({ min: 1, max: 3 }) }),
  ) as fc.Arbitrary<Statement>,
}));

/** Small programs over the methods of one class. */
export const programs: fc.Arbitrary<Body> = fc.array(statement, { minLength: 2, maxLength: 10 });
