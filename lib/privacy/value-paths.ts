/** One step of a path: a key or an index, any one of them, any index, or any number of steps. */
type Step = { readonly key: string } | 'any' | 'index' | 'deep';

/** Where in a path rule a walk stands. */
export interface PathState {
  readonly steps: readonly Step[];
  readonly at: number;
}

/** Paths of the user, compiled once: a walk starts with `start` and asks for every key that it enters. */
export interface PathRules {
  readonly start: readonly PathState[];
  /** Where the walk stands behind a key. */
  enter(states: readonly PathState[], key: string): readonly PathState[];
  /** Tells that a path ends here. */
  isEnd(states: readonly PathState[]): boolean;
}

const MAX_PATH = 500;
// One step: `[3]`, `[*]`, `["a.b"]`, `**`, `*`, or a name, which a dot leads to except in front.
const STEP = /\[(\d{1,10}|\*|"(?:[^"\\]|\\.)*")\]|(?:^|\.)(\*\*|\*|[^.[\]*"]+)/gy;
const NONE: readonly PathState[] = [];

function toStep(index: string | undefined, name: string): Step {
  if (index === '*') return 'index';
  if (index !== undefined) return { key: index.startsWith('"') ? (JSON.parse(index) as string) : index };
  if (name === '**') return 'deep';
  return name === '*' ? 'any' : { key: name };
}

// `undefined` where the text is no path.
function parsePath(path: string): readonly Step[] | undefined {
  if (typeof path !== 'string' || path === '' || path.length > MAX_PATH) return undefined;
  const steps: Step[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < path.length) {
    const found = STEP.exec(path);
    if (found === null) return undefined;
    try {
      const step = toStep(found[1], found[2] ?? '');
      // Two in a row say what one says, and a walk would stand in both.
      if (step !== 'deep' || steps.at(-1) !== 'deep') steps.push(step);
    } catch {
      return undefined;
    }
  }
  // One that names everything is a tier, not a path.
  return steps.every((step) => step === 'deep') ? undefined : steps;
}

/** Says what is wrong with a path as `got …, expected …`; `undefined` when nothing is. */
export function pathProblem(path: unknown): string | undefined {
  if (typeof path === 'string' && parsePath(path) !== undefined) return undefined;
  const got = typeof path === 'string' ? JSON.stringify(path.slice(0, 60)) : `a value of type ${typeof path}`;
  return `got ${got}, expected a path like user.email, messages[*].content, **.ssn or ["a.b"].c`;
}

// A walk that stands before `**` stands behind it too, because it may be no step at all.
function add(states: PathState[], state: PathState): void {
  if (states.some(({ steps, at }) => steps === state.steps && at === state.at)) return;
  states.push(state);
  if (state.steps[state.at] === 'deep') add(states, { steps: state.steps, at: state.at + 1 });
}

function isTaken(step: Step | undefined, key: string): boolean {
  if (step === undefined) return false;
  if (step === 'any' || step === 'deep') return true;
  return step === 'index' ? /^\d+$/.test(key) : step.key === key;
}

const NO_PARTS: readonly string[] = [];

function isKey(step: Step | undefined, key: string): boolean {
  return typeof step === 'object' && step.key === key;
}

function enter(states: readonly PathState[], key: string): readonly PathState[] {
  if (states.length === 0) return NONE;
  const next: PathState[] = [];
  const parts = key.includes('.') ? key.split('.') : NO_PARTS;
  for (const state of states) {
    const step = state.steps[state.at];
    // `attributes.user.id` names the attribute `user.id` as well.
    if (parts.length > 1 && parts.every((part, index) => isKey(state.steps[state.at + index], part))) {
      add(next, { steps: state.steps, at: state.at + parts.length });
    }
    if (!isTaken(step, key)) continue;
    add(next, step === 'deep' ? state : { steps: state.steps, at: state.at + 1 });
  }
  return next.length === 0 ? NONE : next;
}

function isEnd(states: readonly PathState[]): boolean {
  return states.some(({ steps, at }) => at === steps.length);
}

/** Compiles paths; `undefined` where there are none. Throws `TypeError` on a text that is no path. */
export function compilePaths(paths: readonly string[] = []): PathRules | undefined {
  if (paths.length === 0) return undefined;
  const start: PathState[] = [];
  for (const path of paths) {
    const steps = parsePath(path);
    if (steps === undefined) throw new TypeError(`path: ${String(pathProblem(path))}`);
    add(start, { steps, at: 0 });
  }
  return { start, enter, isEnd };
}
