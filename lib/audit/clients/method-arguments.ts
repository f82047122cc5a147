import { types } from 'node:util';
import { isNodeStream } from './gated-node-stream.js';
import { SentStream, watchSentNodeStream } from './sent-stream.js';
import type { SentFacts } from './sent-stream.js';

/** Arguments of a method as they are kept. */
export interface MethodArguments {
  readonly kept: readonly unknown[];
  /** What was sent of bodies that are streams; undefined where there are none. */
  sentFacts(): readonly SentFacts[] | undefined;
}

interface Command {
  readonly input: Record<string, unknown>;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

// What the clients of AWS are given: around the input hangs how it is sent.
function isCommand(value: unknown): value is Command {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return false;
  const own = Object.getOwnPropertyDescriptors(value) as Record<string, PropertyDescriptor | undefined>;
  return isPlain(own['input']?.value) && own['middlewareStack'] !== undefined;
}

/** Reads the arguments of a call before it is made. A stream among them, or in a field of one, is digested while it is sent. */
export function readArguments(args: readonly unknown[]): MethodArguments {
  const sent: SentStream[] = [];
  const keep = (value: unknown): unknown => {
    if (!isNodeStream(value)) return value;
    const watched = new SentStream();
    watchSentNodeStream(value, watched);
    sent.push(watched);
    return { type: 'stream', hk: 'stream' };
  };
  const keepFields = (fields: Record<string, unknown>): unknown => {
    const kept = Object.entries(Object.getOwnPropertyDescriptors(fields)).map(([key, { value }]) => [key, keep(value)]);
    return Object.fromEntries(kept);
  };
  const hasStream = (fields: Record<string, unknown>): boolean =>
    Object.values(Object.getOwnPropertyDescriptors(fields)).some(({ value }) => isNodeStream(value));
  const kept = args.map((arg) => {
    if (isCommand(arg)) return { command: arg.constructor.name, input: keepFields(arg.input) };
    return isPlain(arg) && hasStream(arg) ? keepFields(arg) : keep(arg);
  });
  return { kept, sentFacts: () => (sent.length === 0 ? undefined : sent.map((watched) => watched.facts())) };
}
