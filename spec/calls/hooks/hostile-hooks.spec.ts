import { expect } from 'chai';
import { health, Task, Traced, Workflow } from 'spanwright';
import type { CapturedSpans } from 'spanwright/testing';
import { captureSpans } from 'spanwright/testing';
import { state } from '#lib/core/state.js';
import type { Misbehavior, Wanted } from './misbehaviors.js';
import { MISBEHAVIORS } from './misbehaviors.js';
import { unhandledRejectionsOf } from './process-listeners.js';

type Work = (input: object) => unknown;
type Hook = (...args: unknown[]) => unknown;

interface HookCase {
  readonly option: string;
  readonly wanted: Wanted;
  /** The code under which a failure is counted. */
  readonly code: string;
  /** Runs only when the call fails. */
  readonly onError?: boolean;
  readonly wrap: (hook: Hook, work: Work) => Work;
}

// The options are typed for hooks that answer as they should.
const traced = (options: object, work: Work): Work => Traced.wrap(options, work);
const task = (options: object, work: Work): Work => Task.wrap(options, work);
const workflow = (options: object, work: Work): Work => Workflow.wrap(options, work);

const HOOKS: readonly HookCase[] = [
  { option: 'name', wanted: 'text', code: 'HOOK_NAME', wrap: (name, work) => traced({ name }, work) },
  {
    option: 'attributes',
    wanted: 'attributes',
    code: 'HOOK_ATTRIBUTES',
    wrap: (attributes, work) => traced({ attributes }, work),
  },
  {
    option: 'onResult',
    wanted: 'attributes',
    code: 'HOOK_ON_RESULT',
    wrap: (onResult, work) => traced({ onResult }, work),
  },
  { option: 'args', wanted: 'content', code: 'HOOK_ARGS', wrap: (args, work) => traced({ args }, work) },
  { option: 'result', wanted: 'content', code: 'HOOK_RESULT', wrap: (result, work) => traced({ result }, work) },
  { option: 'links', wanted: 'links', code: 'HOOK_LINKS', wrap: (links, work) => traced({ links }, work) },
  { option: 'tracing', wanted: 'tracing', code: 'HOOK_TRACING', wrap: (tracing, work) => traced({ tracing }, work) },
  {
    option: 'expectedErrors',
    wanted: 'verdict',
    code: 'HOOK_EXPECTED_ERRORS',
    onError: true,
    wrap: (expectedErrors, work) => traced({ expectedErrors }, work),
  },
  { option: 'id of a task', wanted: 'text', code: 'HOOK_ATTRIBUTES', wrap: (id, work) => task({ id }, work) },
  { option: 'type of a task', wanted: 'text', code: 'HOOK_NAME', wrap: (type, work) => task({ type }, work) },
  {
    option: 'description of a task',
    wanted: 'text',
    code: 'HOOK_ATTRIBUTES',
    wrap: (description, work) => task({ description }, work),
  },
  {
    option: 'status of a task',
    wanted: 'text',
    code: 'HOOK_ON_RESULT',
    wrap: (status, work) => task({ status }, work),
  },
  { option: 'score of a task', wanted: 'number', code: 'HOOK_ON_RESULT', wrap: (score, work) => task({ score }, work) },
  {
    option: 'description of a workflow',
    wanted: 'text',
    code: 'HOOK_ATTRIBUTES',
    wrap: (description, work) => workflow({ description }, work),
  },
  {
    option: 'runId of a workflow',
    wanted: 'text',
    code: 'HOOK_ATTRIBUTES',
    wrap: (runId, work) => workflow({ runId }, work),
  },
];

const answer = { answer: 42 };
const failure = new RangeError('the method failed');

const SUCCEEDING: readonly Work[] = [() => answer, async () => answer];
const FAILING: readonly Work[] = [
  () => {
    throw failure;
  },
  async () => {
    throw failure;
  },
];

async function outcomeOf(work: Work): Promise<unknown> {
  try {
    return await work({ input: true });
  } catch (error) {
    return error;
  }
}

function countOf(code: string): number {
  return health().guarded[code] ?? 0;
}

async function expectUnharmed(hook: HookCase, misbehavior: Misbehavior, spans: CapturedSpans): Promise<void> {
  const { act, fits } = misbehavior;
  for (const [works, expected] of [
    [SUCCEEDING, answer],
    [FAILING, failure],
  ] as const) {
    for (const work of works) {
      spans.reset();
      const before = countOf(hook.code);
      const unhandled = await unhandledRejectionsOf(async () => {
        expect(await outcomeOf(hook.wrap(act, work)), 'outcome').to.equal(expected);
      });
      expect(unhandled, 'unhandled rejections').to.deep.equal([]);
      expect(spans.finished(), 'spans').to.have.lengthOf(1);
      const isRun = hook.onError === true ? works === FAILING : works === SUCCEEDING;
      if (isRun) expect(countOf(hook.code) - before > 0, 'counted').to.equal(!fits.includes(hook.wanted));
    }
  }
}

describe('a hook that misbehaves', function () {
  this.timeout(30_000);
  let spans: CapturedSpans;
  beforeEach(() => {
    spans = captureSpans();
    state.logger = { warn: () => {} };
  });
  afterEach(() => {
    spans.stop();
    state.logger = undefined;
  });

  for (const hook of HOOKS) {
    describe(hook.option, () => {
      for (const misbehavior of MISBEHAVIORS) {
        it(`leaves the call as it is when it ${misbehavior.name}`, () => expectUnharmed(hook, misbehavior, spans));
      }
    });
  }
});
