import type { Attributes } from '@opentelemetry/api';
import { factsOf, withFacts } from '../calls/context.js';
import type { CallArguments, CallTarget, Facet, Outcome, Subject } from '../calls/facet.js';
import { guarded } from '../core/guard.js';
import { hideText } from '../core/hide-text.js';
import { createCallFacet, numberOf, textOf } from './call-facet.js';
import type { LooseOptions } from './loose-options.js';
import { RANK } from './ranks.js';

const MAX_DESCRIPTION_CHARS = 200;
const MAX_SEEN_CHARS = 4096;

function textAttribute(attributes: Attributes, key: string, value: string | undefined, maxChars?: number): void {
  if (value === undefined || value === '') return;
  if (maxChars === undefined || value.length <= maxChars) {
    attributes[key] = value;
    return;
  }
  // Hidden before the cut, which would leave a piece of a secret that nobody knows as one. And a cut between the halves of
  // a character would leave text that is no valid UTF-8.
  const seen = hideText(value.slice(0, MAX_SEEN_CHARS));
  attributes[key] = seen.slice(0, maxChars).replace(/[\ud800-\udbff]$/, '');
}

// What the user's own `attributes` say was set when the span started, and stays.
function withoutGiven(attributes: Attributes, given: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => !Object.hasOwn(given, key)));
}

/** The facet of `Traced`: a span and nothing else. */
export function createTraceFacet(options: LooseOptions): Facet {
  return createCallFacet('trace', RANK.trace, { ...options, spanName: options.spanName ?? options.name });
}

/** The facet of `Workflow`: `workflow <name>`, and a run id that every span below carries. */
export function createWorkflowFacet(options: LooseOptions): Facet {
  const base = createCallFacet('workflow', RANK.workflow, options);
  const { name } = options;
  const nameOf = (subject: Subject): string => (typeof name === 'string' ? name : subject.qualifiedName);
  return {
    ...base,
    defaultGranularity: 'lifecycle',
    conventionalName: (subject) => `workflow ${nameOf(subject)}`,
    enter: (context, _subject, self, args) => {
      const given = textOf('HOOK_ATTRIBUTES', options.runId, self, args) || factsOf(context)?.['run.id'];
      return withFacts(context, { 'run.id': given ?? globalThis.crypto.randomUUID() });
    },
    begin: (call, self, args, subject) => {
      const attributes: Attributes = {};
      textAttribute(attributes, 'workflow.name', nameOf(subject));
      const description = textOf('HOOK_ATTRIBUTES', options.description, self, args);
      textAttribute(attributes, 'project.description', description, MAX_DESCRIPTION_CHARS);
      call.setAttributes(withoutGiven(attributes, call.given));
      base.begin?.(call, self, args, subject);
    },
  };
}

const TASK_STATUS: Record<Outcome, string> = {
  ok: 'completed',
  error: 'failed',
  cancelled: 'cancelled',
  abandoned: 'abandoned',
};

function noteTaskResult(call: CallTarget, options: LooseOptions, self: unknown, value: unknown): boolean {
  const status = options.status && textOf('HOOK_ON_RESULT', options.status, self, [value]);
  const score = options.score && numberOf('HOOK_ON_RESULT', options.score, self, [value]);
  const attributes: Attributes = {};
  if (score !== undefined && Number.isFinite(score)) attributes['task.score'] = score;
  textAttribute(attributes, 'task.status', status);
  call.setAttributes(attributes);
  return 'task.status' in attributes;
}

function taskType(options: LooseOptions, self: unknown, args: CallArguments): string | undefined {
  return textOf('HOOK_NAME', options.type, self, args) || undefined;
}

/** The facet of `Task`: `task <type>` with `task.id`, `task.type`, `task.description`, `task.status`, `task.score`. */
export function createTaskFacet(options: LooseOptions): Facet {
  const base = createCallFacet('task', RANK.task, options);
  const key = {};
  return {
    ...base,
    defaultGranularity: 'rows',
    conventionalName: (subject, self, args) => `task ${taskType(options, self, args) ?? subject.qualifiedName}`,
    begin: (call, self, args, subject) => {
      const attributes: Attributes = {};
      textAttribute(attributes, 'task.id', textOf('HOOK_ATTRIBUTES', options.id, self, args));
      textAttribute(attributes, 'task.type', taskType(options, self, args) ?? subject.qualifiedName);
      const description = textOf('HOOK_ATTRIBUTES', options.description, self, args);
      textAttribute(attributes, 'task.description', description, MAX_DESCRIPTION_CHARS);
      call.setAttributes(withoutGiven(attributes, call.given));
      base.begin?.(call, self, args, subject);
    },
    settled: (call, self, value) => {
      base.settled?.(call, self, value);
      if (noteTaskResult(call, options, self, value)) call.notes.set(key, true);
    },
    done: (call, outcome) => {
      base.done?.(call, outcome);
      if (outcome !== 'ok' || !call.notes.has(key)) {
        guarded('HOOK_FACET', () => call.setAttributes({ 'task.status': TASK_STATUS[outcome] }));
      }
    },
  };
}
