import type { Attributes, Span } from '@opentelemetry/api';
import { SpanStatusCode } from '@opentelemetry/api';
import { hideText } from '../core/hide-text.js';
import { state } from '../core/state.js';
import { cutMark, withoutCutPiece } from '../privacy/cut-text.js';
import { hideQuoted, textsIn } from '../privacy/quoted.js';
import { emitExceptionLog } from './exception-log.js';
import { hideStack } from './hidden-stack.js';

const OTHER = '_OTHER';

interface VendorStatus {
  readonly status?: unknown;
  readonly statusCode?: unknown;
  readonly status_code?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: unknown };
}

/** What can be read of a thrown value without running into its own failures. */
export interface ThrownFacts {
  /** `error.type`: the HTTP status of a provider's error, else as `exceptionType`. */
  readonly type: string;
  /** The error's `name`, unless it is the inherited `Error`; else its constructor's; `_OTHER` for what is no error. */
  readonly exceptionType: string;
  readonly message: string;
  readonly stack: string | undefined;
}

function readString(source: object, key: string): string | undefined {
  try {
    const value = (source as Record<string, unknown>)[key];
    return typeof value === 'string' && value !== '' ? value : undefined;
  } catch {
    return undefined;
  }
}

function constructorName(source: object): string | undefined {
  try {
    const { constructor } = source as { constructor?: unknown };
    return typeof constructor === 'function' && constructor !== Object ? readString(constructor, 'name') : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return 'a value that cannot be printed';
  }
}

// Errors of clients and providers carry the status of the response that they stand for, under the name of their house.
function httpStatus(source: object): string | undefined {
  try {
    const { status, statusCode, status_code: snake, $metadata: metadata } = source as VendorStatus;
    const found = [status, statusCode, snake, metadata?.httpStatusCode].find(isFailedStatus);
    return found === undefined ? undefined : String(found);
  } catch {
    return undefined;
  }
}

function isFailedStatus(value: unknown): value is number {
  return typeof value === 'number' && value >= 400 && value <= 599;
}

function isErrorLike(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  try {
    return value instanceof Error || readString(value, 'message') !== undefined;
  } catch {
    return false;
  }
}

function nameOfError(thrown: object): string {
  const name = readString(thrown, 'name');
  // Clients' classes that set no name inherit this one, which tells a timeout from nothing.
  if (name !== undefined && name !== 'Error') return name;
  return constructorName(thrown) ?? name ?? OTHER;
}

/** `error.type` of whatever was thrown, without its stack. */
export function errorTypeOf(thrown: unknown): string {
  return isErrorLike(thrown) ? (httpStatus(thrown) ?? nameOfError(thrown)) : OTHER;
}

/** Reads type, message and stack of whatever was thrown; each reading may fail on its own. */
export function describeThrown(thrown: unknown): ThrownFacts {
  if (!isErrorLike(thrown)) return { type: OTHER, exceptionType: OTHER, message: textOf(thrown), stack: undefined };
  const exceptionType = nameOfError(thrown);
  return {
    type: httpStatus(thrown) ?? exceptionType,
    exceptionType,
    message: readString(thrown, 'message') ?? '',
    stack: readString(thrown, 'stack'),
  };
}

function exceptionAttributes(facts: ThrownFacts): Attributes {
  const attributes: Attributes = { 'exception.type': facts.exceptionType, 'exception.message': facts.message };
  if (facts.stack !== undefined) attributes['exception.stacktrace'] = facts.stack;
  return attributes;
}

// What an error quotes of the content of the calls that it came through; the calls around them must not show it either.
const quotedBy = new WeakMap<object, readonly string[]>();

function quotedIn(thrown: unknown, content: unknown): readonly string[] {
  const own = content === undefined ? [] : textsIn(content);
  if (typeof thrown !== 'object' || thrown === null) return own;
  const all = [...own, ...(quotedBy.get(thrown) ?? [])];
  if (own.length > 0) quotedBy.set(thrown, all);
  return all;
}

// Whoever throws a response with its body must not wait for it to be read.
const MAX_MESSAGE = 16_384;
const MAX_STACK = 32_768;

function cut(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  return withoutCutPiece(`${text.slice(0, maxChars)}${cutMark(text.length)}`);
}

// Whoever wrote the message is nobody we know: what it quotes goes, and what looks like a secret wherever it comes from.
function withoutContent({ type, exceptionType, message, stack }: ThrownFacts, quoted: readonly string[]): ThrownFacts {
  const unquoted = hideQuoted(cut(message, MAX_MESSAGE), quoted);
  return {
    type: hideText(type),
    exceptionType: hideText(exceptionType),
    message: hideText(unquoted),
    stack: stack === undefined ? undefined : hideStack(hideQuoted(cut(stack, MAX_STACK), quoted), unquoted),
  };
}

/**
 * Sets status and `error.type`; `isNew` says whether this span is the innermost one and gets the exception itself. What the
 * error quotes of `content` is not written.
 */
export function writeThrown(span: Span, thrown: unknown, isNew: boolean, content?: unknown): void {
  const facts = withoutContent(describeThrown(thrown), quotedIn(thrown, content));
  span.setAttribute('error.type', facts.type);
  span.setStatus({ code: SpanStatusCode.ERROR, message: facts.message });
  if (!isNew) return;
  const attributes = exceptionAttributes(facts);
  const isLogged = state.exceptionSignal !== 'event' && emitExceptionLog(span, attributes);
  if (state.exceptionSignal !== 'log' || !isLogged) span.addEvent('exception', attributes);
}

/** Sets `error.type` alone: an error that the plan expects is no failure of the span. */
export function writeExpected(span: Span, thrown: unknown): void {
  span.setAttribute('error.type', hideText(errorTypeOf(thrown)));
}
