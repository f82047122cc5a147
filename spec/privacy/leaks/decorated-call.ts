import { inspect } from 'node:util';
import {
  AgentCall,
  EmbeddingCall,
  ExternalCall,
  LlmCall,
  Metered,
  PolicyCheck,
  Remediation,
  RetrievalCall,
  Task,
  ToolCall,
  Traced,
  Workflow,
} from 'spanwright';
import type { Trial } from './trial.js';

type Fn = (...args: unknown[]) => unknown;
type OnMember = (target: object, place: unknown, descriptor?: unknown) => void;

/** A decorator with the types of its options forgotten. */
interface LooseDecorator {
  (options: object): OnMember;
  wrap(options: object, fn: Fn): Fn;
}

const loose = (decorator: unknown): LooseDecorator => decorator as LooseDecorator;

/** Every decorator of the package. */
export const DECORATORS = {
  Traced: loose(Traced),
  Workflow: loose(Workflow),
  Task: loose(Task),
  AgentCall: loose(AgentCall),
  ToolCall: loose(ToolCall),
  LlmCall: loose(LlmCall),
  EmbeddingCall: loose(EmbeddingCall),
  RetrievalCall: loose(RetrievalCall),
  ExternalCall: loose(ExternalCall),
  PolicyCheck: loose(PolicyCheck),
  Remediation: loose(Remediation),
  Metered: loose(Metered),
} as const;

/** The name of a decorator. */
export type DecoratorName = keyof typeof DECORATORS;

/** What a call gets, does and gives. */
export interface CallPlan {
  readonly options?: object;
  /** What stands in arguments, result and error. */
  readonly value?: unknown;
  readonly args?: readonly unknown[];
  readonly result?: () => unknown;
  readonly error?: () => unknown;
  readonly inside?: () => void;
}

/** A value as a careless message shows it. */
export function shownIn(value: unknown): string {
  return typeof value === 'string' ? value : inspect(value, { depth: 12, maxStringLength: null });
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '{}';
  } catch {
    return '{}';
  }
}

/** Arguments as the methods that the decorator stands on take them. */
export function argumentsFor(decorator: DecoratorName, value: unknown): unknown[] {
  const text = shownIn(value);
  if (decorator === 'EmbeddingCall') return [{ model: 'text-embedding-3-small', input: [text] }, { value }];
  if (decorator === 'RetrievalCall') return [text, { filter: value }];
  if (decorator !== 'LlmCall') return [value, { options: [value] }];
  const call = { id: 'call_1', type: 'function', function: { name: 'look_up', arguments: jsonOf(value) } };
  const messages = [
    { role: 'system', content: 'Answer in one sentence.' },
    { role: 'user', content: text },
    { role: 'assistant', tool_calls: [call] },
    { role: 'tool', tool_call_id: 'call_1', content: text },
    { role: 'user', content: [{ type: 'text', text }] },
  ];
  return [{ model: 'gpt-4o-mini', messages }, { value }];
}

/** A result as the methods that the decorator stands on give it. */
export function resultFor(decorator: DecoratorName, value: unknown): unknown {
  const text = shownIn(value);
  const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
  if (decorator === 'LlmCall') {
    const message = { role: 'assistant', content: text };
    const choices = [{ index: 0, finish_reason: 'stop', message }];
    return { id: 'chatcmpl-1', object: 'chat.completion', model: 'gpt-4o-mini-2024-07-18', choices, usage };
  }
  if (decorator === 'EmbeddingCall') {
    return { object: 'list', model: 'text-embedding-3-small', data: [{ embedding: [0.1, 0.2] }], usage, value };
  }
  if (decorator === 'RetrievalCall') return [{ id: 'a', score: 0.5, content: text, metadata: { value } }];
  if (decorator === 'PolicyCheck') return { passed: false, violations: [text], value };
  return { value };
}

async function readAll(given: unknown): Promise<void> {
  const isIterable = typeof given === 'object' && given !== null && Symbol.asyncIterator in given;
  if (given instanceof Response) await given.text();
  else if (isIterable) for await (const _ of given as AsyncIterable<unknown>);
}

function memberOf(decorate: OnMember, body: Fn, isAsync: boolean): Fn {
  class Site {
    @decorate
    later(..._args: unknown[]): unknown {
      return Promise.resolve().then(body);
    }

    @decorate
    now(..._args: unknown[]): unknown {
      return body();
    }
  }
  const site = new Site();
  return (...args) => (isAsync ? site.later(...args) : site.now(...args));
}

/** Makes the call of a trial, and reads what it gives to the end. The program takes its error as a program does. */
export async function decoratedCall(trial: Trial, plan: CallPlan): Promise<void> {
  const { decorator, fails, id } = trial;
  const value = 'value' in plan ? plan.value : 'nothing of note';
  const body = (): unknown => {
    plan.inside?.();
    if (fails) throw plan.error === undefined ? new Error(`it failed with ${shownIn(value)}`) : plan.error();
    return plan.result === undefined ? resultFor(decorator, value) : plan.result();
  };
  const options = { args: true, result: true, ...plan.options };
  const isAsync = id % 4 < 2;
  const decorate = DECORATORS[decorator];
  const wrapped =
    id % 2 === 0
      ? decorate.wrap(options, isAsync ? async () => body() : () => body())
      : memberOf(decorate(options), body, isAsync);
  try {
    await readAll(await wrapped(...(plan.args ?? argumentsFor(decorator, value))));
  } catch {
    // The one that was asked for.
  }
}
