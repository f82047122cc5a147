import { types } from 'node:util';
import { hasMethod } from '../../calls/lifecycle/shape.js';
import type { RecordedCall } from '../ledger.js';
import { OK } from './call-ending.js';
import { GatheredAnswer } from './gathered-answer.js';
import { gateIterable } from './gated-iterable.js';
import { gateNodeStream, isNodeStream } from './gated-node-stream.js';
import type { FetchResponse } from './gated-response.js';
import { gateResponse, isFetchResponse, isWebStream } from './gated-response.js';
import { createGatedStream, Gate } from './gated-stream.js';
import type { MethodArguments } from './method-arguments.js';

const MEDIA = 'application/octet-stream';
const STREAM = Object.freeze({ type: 'stream' });

type Stream = ReadableStream | FetchResponse | AsyncIterable<unknown>;

function isIterable(value: unknown): value is AsyncIterable<unknown> {
  if (typeof value !== 'object' || value === null || !Object.isExtensible(value)) return false;
  // A page of a client's is complete as it is; iterating it asks for further ones.
  return hasMethod(value, Symbol.asyncIterator) && !hasMethod(value, 'getNextPage');
}

function isStream(value: unknown): value is Stream {
  return isNodeStream(value) || isWebStream(value) || isFetchResponse(value) || isIterable(value);
}

/** The stream in a result, which is it itself or stands in one of its fields. */
function streamIn(value: unknown): { readonly key: string | undefined; readonly stream: Stream } | undefined {
  if (isStream(value)) return { key: undefined, stream: value };
  if (typeof value !== 'object' || value === null || types.isProxy(value) || Array.isArray(value)) return undefined;
  for (const [key, { value: field, writable }] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
    // Another one has to be put in the place of a Web stream.
    if (isStream(field) && (writable === true || !isWebStream(field))) return { key, stream: field };
  }
  return undefined;
}

function withoutStream(value: unknown, key: string | undefined): unknown {
  if (key === undefined) return STREAM;
  // By descriptors, because a getter may throw.
  const fields = Object.entries(Object.getOwnPropertyDescriptors(value as object)).filter(
    ([, field]) => field.enumerable === true && 'value' in field,
  );
  return {
    ...Object.fromEntries(fields.map(([name, field]): [string, unknown] => [name, field.value])),
    [key]: STREAM,
  };
}

/** Gates a stream; gives what stands in its place, and whether it has to be waited for. */
function gate(stream: Stream, answer: GatheredAnswer): { readonly given: unknown; readonly isGated: boolean } {
  if (isNodeStream(stream)) return { given: stream, isGated: gateNodeStream(stream, answer, MEDIA) === 'gated' };
  if (isFetchResponse(stream)) return { given: stream, isGated: gateResponse(stream, answer) === 'gated' };
  if (isWebStream(stream)) {
    if (stream.locked) return { given: stream, isGated: false };
    return { given: gateOwned(stream, answer), isGated: true };
  }
  gateIterable(stream, answer);
  return { given: stream, isGated: true };
}

function gateOwned(stream: ReadableStream, answer: GatheredAnswer): ReadableStream {
  const owned = new Gate(stream, answer, MEDIA);
  const given = createGatedStream(owned, stream);
  owned.watch(given);
  return given;
}

function lastOf(args: MethodArguments): unknown {
  const sent = args.sentFacts();
  return sent && { sent };
}

/**
 * Ends the call of a client's method with what it resolved to; a result that is a stream, or holds one, ends it when that was
 * read. Gives the result: the same, but for a Web stream, in whose place another one stands.
 */
export async function endWithResult(value: unknown, call: RecordedCall, args: MethodArguments): Promise<unknown> {
  const found = streamIn(value);
  if (found === undefined) {
    const sent = args.sentFacts();
    await call.end({ ...OK, response: { value: sent === undefined ? value : { result: value, sent } } });
    return value;
  }
  call.chunk({ value: withoutStream(value, found.key) });
  const answer = new GatheredAnswer(call, { whenRead: OK, lastItem: () => lastOf(args) });
  const { given, isGated } = gate(found.stream, answer);
  if (!isGated) await answer.read();
  if (given === found.stream) return value;
  if (found.key === undefined) return given;
  Reflect.set(value as object, found.key, given);
  return value;
}
