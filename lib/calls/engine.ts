import type { Attributes, Context, Link, Span, SpanOptions } from '@opentelemetry/api';
import { INVALID_SPAN_CONTEXT, trace } from '@opentelemetry/api';
import { keepHidden } from '../core/capture.js';
import { countGuarded, guarded, refusePromise } from '../core/guard.js';
import type { TracingTarget } from '../core/scope.js';
import { scopeBehind, withScope } from '../core/scope.js';
import { hideText } from '../core/hide-text.js';
import { state } from '../core/state.js';
import { activeContext, runIn } from './active-context.js';
import { tracerFor, unsampledSpan } from './active.js';
import { announceStart } from './announce.js';
import { Call } from './call.js';
import { factsOf } from './context.js';
import type { CallArguments, Subject } from './facet.js';
import type { HeldCallOptions } from './held-call.js';
import { HeldCall } from './held-call.js';
import type { HiddenAttributes } from './hidden-attributes.js';
import { hideInAttributes, hideInFacts, hideInLinks } from './hidden-attributes.js';
import type { AnyFunction } from './idle.js';
import { isIdle } from './idle.js';
import { settle } from './lifecycle/settle.js';
import type { Plan } from './plan.js';
import { NO_ATTRIBUTES } from './plan.js';
import { ANONYMOUS, subjectOf } from './subject.js';

const MAX_NAME_CHARS = 1024;
// Looked at before the cut, which would leave a piece of a secret that nobody knows as one.
const MAX_SEEN_CHARS = 4096;

// Names that stand in the source: looked at once, and not in every call.
function shownName({ shown }: Plan, name: string): string {
  if (shown.by !== state.hideText) {
    shown.by = state.hideText;
    shown.names.clear();
  }
  let known = shown.names.get(name);
  if (known === undefined) shown.names.set(name, (known = hideText(name)));
  return known;
}

function nameOf(plan: Plan, subject: Subject, self: unknown, args: CallArguments): string {
  const { spanName } = plan;
  if (typeof spanName === 'string') return shownName(plan, spanName);
  if (spanName === undefined && plan.namedBy.conventionalName === undefined)
    return shownName(plan, subject.qualifiedName);
  const name = guarded('HOOK_NAME', () => {
    const made = refusePromise(
      spanName === undefined ? plan.namedBy.conventionalName?.(subject, self, args) : spanName(self, args),
    );
    if (made === undefined || (typeof made === 'string' && made !== '')) return made;
    throw new TypeError(`the name function returned ${typeof made}, expected a non-empty string`);
  });
  return name === undefined
    ? shownName(plan, subject.qualifiedName)
    : hideText(name.slice(0, MAX_SEEN_CHARS)).slice(0, MAX_NAME_CHARS);
}

function enter(plan: Plan, subject: Subject, self: unknown, args: CallArguments): Context {
  let context = activeContext();
  if (plan.entersPlainly) return context;
  const { tracing } = plan;
  if (tracing !== undefined) {
    const scope = guarded('HOOK_TRACING', () => {
      const target = refusePromise(tracing(self)) as Partial<TracingTarget> | undefined;
      // The handle of configureTracing() has no scope and needs none: its destinations get every span.
      if (target === undefined || typeof target.shutdown === 'function') return scopeBehind(target);
      throw new TypeError(`it gave ${typeof target}, expected a tracing or undefined`);
    });
    if (scope?.active === true) context = withScope(context, scope);
  }
  for (const facet of plan.entering) {
    const base = context;
    context = guarded('HOOK_FACET', () => facet.enter?.(base, subject, self, args)) ?? base;
  }
  return context;
}

function isLink(value: unknown): value is Link {
  const context = (value as Partial<Link> | null | undefined)?.context;
  return typeof context?.traceId === 'string' && typeof context.spanId === 'string';
}

/** What a span starts with, and what of it is hidden on the span. */
interface Opening {
  readonly options: SpanOptions;
  hidden: HiddenAttributes['hidden'];
}

function addTo(opening: Opening, { shown, hidden }: HiddenAttributes): void {
  Object.assign(opening.options.attributes ?? {}, shown);
  // Each with its own mark: what is put over it later, by the user too, is then no mark of it.
  if (hidden !== undefined) opening.hidden = { ...opening.hidden, ...hidden };
}

function openingOf(plan: Plan, subject: Subject, context: Context, self: unknown, args: CallArguments): Opening {
  const isNamed = subject.functionName !== ANONYMOUS;
  const attributes: Attributes = isNamed ? { 'code.function.name': shownName(plan, subject.qualifiedName) } : {};
  const options: SpanOptions = { kind: plan.kind, attributes, root: plan.root };
  const opening: Opening = { options, hidden: undefined };
  for (const facet of plan.opening) {
    const made = guarded('HOOK_FACET', () => facet.opening?.(self, args, subject));
    if (made !== undefined) addTo(opening, hideInAttributes(made));
  }
  const facts = factsOf(context);
  if (facts !== undefined) addTo(opening, hideInFacts(facts));
  // Known at decoration time: what the user writes down there is on the span as given.
  if (plan.attributes !== NO_ATTRIBUTES) Object.assign(attributes, plan.attributes);
  if (plan.links !== undefined) {
    const { links } = plan;
    const found = guarded('HOOK_LINKS', () => {
      const made: unknown = refusePromise(links(self, args));
      if (made === undefined) return undefined;
      if (!Array.isArray(made) || !made.every(isLink)) throw new TypeError('it gave no array of links');
      return hideInLinks(made);
    });
    if (found !== undefined) options.links = found;
  }
  return opening;
}

function startSpan(
  plan: Plan,
  subject: Subject,
  context: Context,
  self: unknown,
  args: CallArguments,
): Span | undefined {
  const tracer = tracerFor(context);
  if (tracer === undefined) return undefined;
  const name = nameOf(plan, subject, self, args);
  const { options, hidden } = openingOf(plan, subject, context, self, args);
  try {
    // For this one span: hooks before and behind it may start spans of their own.
    state.openingLevel = plan.granularity;
    const span = tracer.startSpan(name, options, context);
    if (hidden !== undefined && span.isRecording()) keepHidden(span.spanContext(), hidden);
    announceStart(plan, name, span);
    return span;
  } finally {
    state.openingLevel = undefined;
  }
}

function begin(call: Call, plan: Plan, subject: Subject, self: unknown, args: CallArguments): void {
  if (!call.observed) return;
  for (const facet of plan.beginning) {
    if (call.sees(facet)) guarded('HOOK_FACET', () => facet.begin?.(call, self, args, subject));
  }
}

/** Opens the call of a plan; undefined when nobody listens in this context. Never throws. */
function open(plan: Plan, wrapper: object, self: unknown, args: CallArguments): Call | undefined {
  try {
    const subject = subjectOf(plan, wrapper, self);
    const context = enter(plan, subject, self, args);
    const span = unsampledSpan(context, plan.root) ?? startSpan(plan, subject, context, self, args);
    if (span === undefined) return undefined;
    const call = new Call(plan, span, self, args, context);
    begin(call, plan, subject, self, args);
    return call;
  } catch (error) {
    countGuarded('ENGINE', error);
    return undefined;
  }
}

/** Opens a call that a barrier admitted; where nobody listens its span records nothing. Never throws. */
export function openHeld(
  plan: Plan,
  wrapper: object,
  self: unknown,
  args: CallArguments,
  options: HeldCallOptions,
): HeldCall {
  const hold = (span: Span, base: Context): HeldCall => new HeldCall(plan, span, self, { ...options, args, base });
  try {
    const subject = subjectOf(plan, wrapper, self);
    const context = enter(plan, subject, self, args);
    const span = unsampledSpan(context, plan.root) ?? startSpan(plan, subject, context, self, args);
    const call = hold(span ?? trace.wrapSpanContext(INVALID_SPAN_CONTEXT), context);
    begin(call, plan, subject, self, args);
    return call;
  } catch (error) {
    countGuarded('ENGINE', error);
    return hold(trace.wrapSpanContext(INVALID_SPAN_CONTEXT), activeContext());
  }
}

/** Runs a function inside of its call and gives back what it returned, watched until it is finished. */
export function execute(call: Call, work: () => unknown): unknown {
  let result: unknown;
  try {
    result = runIn(call.context, work);
  } catch (error) {
    call.fail(error);
    void call.hold();
    throw error;
  }
  return settle(result, call);
}

/** Runs a function as a call of the plan: same result, same error object, one span. */
export function runCall(plan: Plan, wrapper: object, method: AnyFunction, self: unknown, args: CallArguments): unknown {
  const call = open(plan, wrapper, self, args);
  if (call === undefined) return Reflect.apply(method, self, args);
  return execute(call, () => Reflect.apply(method, self, args));
}

/** Runs a block as a call of the plan; the block gets its call, or undefined when nobody listens. */
export function runBlock<R>(plan: Plan, block: (call: Call | undefined) => R): R {
  const call = isIdle() ? undefined : open(plan, block, undefined, []);
  if (call === undefined) return block(undefined);
  return execute(call, () => block(call)) as R;
}
