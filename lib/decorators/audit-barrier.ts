import type { Attributes } from '@opentelemetry/api';
import type { Admission, Barrier, BarrierEnd, BarrierStart } from '../calls/barrier.js';
import { actorBy, callerIn } from '../audit/caller.js';
import { endingOfStatus, endingOfThrown } from '../audit/clients/call-ending.js';
import type { AuditLevel } from '../audit/entry-fields.js';
import { currentLedger, isAuditOff } from '../audit/current-ledger.js';
import { Inside, isExempt, nextParent } from '../audit/inside.js';
import type { CallEnd, CallStart, Captured, Ledger, RecordedCall } from '../audit/ledger.js';
import { isResponse } from '../calls/lifecycle/response.js';
import { guarded, refusePromise } from '../core/guard.js';
import { state } from '../core/state.js';
import { Exchange } from '../genai/exchange.js';
import { knownEndpoints } from '../genai/known-endpoints.js';
import { withCost } from '../genai/pricing.js';
import { answererOf } from '../genai/recognise.js';
import type { CallRecord } from '../genai/record.js';
import { textOf } from './call-facet.js';
import { usageOf } from './entry-usage.js';
import type { LooseOptions } from './loose-options.js';
import { recordIn } from './model-record.js';

type Hook = (...args: unknown[]) => unknown;

// Calls whose exchange is read for provider, model and tokens.
const MODEL_CALLS = new Set(['llm', 'embedding']);
const MODEL_FACETS = new Set(['llm', 'embedding']);

function actorOf(option: LooseOptions['actor'], { self, args }: BarrierStart): CallStart['actor'] {
  if (typeof option !== 'function') return option as CallStart['actor'];
  return actorBy(() => Reflect.apply(option as Hook, self, args));
}

// Recorded where the function that picks the request throws: it may be there to leave something out.
const UNRESOLVED = Object.freeze({ type: 'unresolved' });

function askedBy(options: LooseOptions, { self, args }: BarrierStart): ArrayLike<unknown> {
  const { request } = options;
  if (request === undefined) return args;
  return (
    guarded('HOOK_ARGS', () => [refusePromise(Reflect.apply(request as Hook, self, args) as unknown)]) ?? [UNRESOLVED]
  );
}

function openExchange(options: LooseOptions, asked: ArrayLike<unknown>): Exchange | undefined {
  if (!MODEL_CALLS.has(options.callType ?? '')) return undefined;
  return guarded('HOOK_FACET', () => {
    const exchange = new Exchange({
      ...answererOf(options.provider, knownEndpoints()),
      maxChars: state.maxCaptureBytes,
    });
    exchange.ask(asked);
    return exchange;
  });
}

function toCaptured(item: unknown): Captured {
  return item instanceof Uint8Array ? { bytes: item, media: 'application/octet-stream' } : { value: item };
}

function statusOf(value: unknown): number | undefined {
  const isAnswer = typeof value === 'object' && value !== null && isResponse(value);
  return isAnswer ? (value as unknown as Response).status : undefined;
}

class AuditAdmission implements Admission {
  readonly attributes: Attributes;
  readonly #recorded: RecordedCall;
  /** Reads the answer where no other facet does. */
  #exchange: Exchange | undefined;
  readonly #inside: Inside;
  #response: { readonly value: unknown } | undefined = undefined;
  /** Of the answer that was given back, where it is one over HTTP. */
  #httpStatus: number | undefined = undefined;
  #isStream = false;

  constructor(recorded: RecordedCall, exchange: Exchange | undefined) {
    this.#recorded = recorded;
    this.#exchange = exchange;
    this.attributes = { 'spanwright.audit.call_id': recorded.id };
    this.#inside = new Inside(recorded);
  }

  run<R>(work: () => R): R {
    return this.#inside.run(work);
  }

  settled(value: unknown): void {
    this.#response = { value };
    this.#httpStatus = guarded('ENGINE', () => statusOf(value));
    guarded('HOOK_FACET', () => this.#exchange?.answer(value, undefined));
  }

  waits(): void {
    this.#response = undefined;
  }

  chunk(item: unknown): void {
    this.#isStream = true;
    this.#recorded.chunk(toCaptured(item));
    guarded('HOOK_FACET', () => this.#exchange?.chunk(item, undefined));
  }

  after(end: BarrierEnd): Promise<void> {
    this.#inside.leave();
    return this.#recorded.end(this.#lastFacts(end), end.failure);
  }

  afterSync(end: BarrierEnd): void {
    this.#inside.leave();
    this.#recorded.endSync(this.#lastFacts(end), end.failure);
  }

  // What was opened in the call, a socket or a timer, keeps the call for as long as it lives: not its answer.
  #lastFacts(end: BarrierEnd): CallEnd {
    // How it ended is worth more than what it said.
    const facts = guarded('ENGINE', () => this.#toCallEnd(end)) ?? { status: end.outcome };
    this.#response = undefined;
    this.#exchange = undefined;
    return facts;
  }

  #toCallEnd({ outcome, failure, traceparent, notes }: BarrierEnd): CallEnd {
    const record = recordIn(notes) ?? this.#ownRecord();
    const response = this.#isStream || failure !== undefined ? undefined : this.#response;
    return {
      ...this.#ending(outcome, failure),
      usage: record && usageOf(record),
      provider: record?.provider,
      model: record?.response?.model ?? record?.request?.model,
      traceparent,
      response,
    };
  }

  #ending(outcome: BarrierEnd['outcome'], failure: BarrierEnd['failure']): Pick<CallEnd, 'status' | 'error'> {
    if (failure !== undefined) return endingOfThrown(failure.thrown);
    return outcome === 'ok' && this.#httpStatus !== undefined ? endingOfStatus(this.#httpStatus) : { status: outcome };
  }

  #ownRecord(): CallRecord | undefined {
    const exchange = this.#exchange;
    if (exchange === undefined) return undefined;
    return guarded('HOOK_FACET', () => {
      exchange.finish(undefined);
      return withCost(exchange.facts(true));
    });
  }
}

/** The barrier of `AuditedCall`: intent before the call, outcome before its result. */
export function createAuditBarrier(options: LooseOptions): Barrier {
  const { ledger: given, callType: system = 'other', level } = options;

  function ledgerOf(self: unknown): Ledger {
    const ledger: unknown = typeof given === 'function' ? (given as Hook)(self) : given;
    return (ledger as Ledger | undefined) ?? currentLedger();
  }

  function callOf(start: BarrierStart): { readonly call: CallStart; readonly exchange: Exchange | undefined } {
    const { subject, self, args, context, types } = start;
    const asked = askedBy(options, start);
    const exchange = openExchange(options, asked);
    const known = exchange && guarded('HOOK_FACET', () => exchange.facts(false));
    const call: CallStart = {
      parent: nextParent(),
      ...callerIn(context),
      row: textOf('HOOK_ARGS', options.row, self, args),
      op: { class: subject.className, method: subject.functionName },
      actor: actorOf(options.actor, start),
      system,
      provider: options.provider ?? known?.provider,
      model: known?.request?.model ?? options.model,
      level: level as AuditLevel | undefined,
      request: { value: asked.length === 1 ? asked[0] : Array.from(asked) },
    };
    // What a facet for calls to models says is taken from it.
    return { call, exchange: types.some((type) => MODEL_FACETS.has(type)) ? undefined : exchange };
  }

  return {
    isSynchronous: options.durability === 'sync',
    isOn: () => (given !== undefined || !isAuditOff()) && !isExempt(),
    before: async (start) => {
      const { call, exchange } = callOf(start);
      return new AuditAdmission(await ledgerOf(start.self).begin(call), exchange);
    },
    beforeSync: (start) => {
      const { call, exchange } = callOf(start);
      return new AuditAdmission(ledgerOf(start.self).beginSync(call), exchange);
    },
  };
}
