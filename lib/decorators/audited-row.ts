import type { Context } from '@opentelemetry/api';
import { endingOfThrown, OK } from '../audit/clients/call-ending.js';
import { currentLedger, isAuditOff } from '../audit/current-ledger.js';
import { nextParent } from '../audit/inside.js';
import type { AuditLevel } from '../audit/entry-fields.js';
import type { CallEnd, CallStart } from '../audit/ledger.js';
import { factsOf } from '../calls/context.js';
import type { ExchangeStep } from '../genai/exchange-steps.js';
import { Exchange } from '../genai/exchange.js';
import { knownEndpoints } from '../genai/known-endpoints.js';
import { withCost } from '../genai/pricing.js';
import { answererOf } from '../genai/recognise.js';
import { usageOf } from './entry-usage.js';

/** What an entry of the ledger says of an answer besides what is in it. */
export interface RecordedAuditOptions {
  /** Id of the audited call that fetched the answers; theirs name it as their parent. Default the audited call around. */
  callId?: string | undefined;
  /** Run that it is part of. Default that of `withContext({ runId })`. */
  run?: string | undefined;
  /** Row of the run. Default `custom_id` of a row of a batch. */
  row?: string | undefined;
  /** On whose behalf. Default the actor of `configureTracing({ audit })`. */
  actor?: { readonly type: string; readonly id?: string | undefined } | undefined;
  /** How much is kept. Default the ledger's. */
  level?: AuditLevel | undefined;
}

/** What is recorded of one answer. */
export interface AuditedRow {
  readonly steps: readonly ExchangeStep[];
  readonly response: unknown;
  /** What the call failed with, where no step says so itself. */
  readonly error: unknown;
  readonly provider: string | undefined;
  readonly model: string | undefined;
  readonly context: Context;
}

function customIdOf(response: unknown): string | undefined {
  const id = (response as { custom_id?: unknown } | null | undefined)?.custom_id;
  return typeof id === 'string' ? id : undefined;
}

function startOf(step: ExchangeStep, seq: number, row: AuditedRow, options: RecordedAuditOptions): CallStart {
  const run = options.run ?? factsOf(row.context)?.['run.id'];
  const parent = options.callId === undefined ? nextParent() : { id: options.callId, seq };
  return {
    op: { method: 'recordLlmCall' },
    system: 'llm',
    row: options.row ?? customIdOf(row.response),
    ...(typeof run === 'string' && { run }),
    parent,
    actor: options.actor,
    level: options.level,
    request: { value: step.request },
  };
}

function exchangeOf(step: ExchangeStep, provider: string | undefined): Exchange {
  const exchange = new Exchange({ ...answererOf(provider, knownEndpoints()), maxChars: 0 });
  exchange.ask([step.request]);
  return exchange;
}

async function recordStep(
  step: ExchangeStep,
  seq: number,
  row: AuditedRow,
  options: RecordedAuditOptions,
): Promise<void> {
  const exchange = exchangeOf(step, row.provider);
  const asked = exchange.facts(true);
  const call = await currentLedger().begin({
    ...startOf(step, seq, row, options),
    provider: asked.provider,
    model: asked.request?.model ?? row.model,
  });
  exchange.answer(step.response, undefined);
  const facts = exchange.facts(true);
  const error = row.error ?? step.error;
  const ending = error === undefined ? OK : endingOfThrown(error);
  const end: CallEnd = {
    ...ending,
    provider: facts.provider,
    model: facts.response?.model,
    usage: usageOf(withCost(facts)),
    ...(step.response !== undefined && { response: { value: step.response } }),
  };
  await call.end(end);
}

/**
 * Adds an intent and an outcome for each answer, one after the other; resolves when they are durable. While code says
 * `audit: false` it does nothing. Rejects with `AUDIT_…`.
 */
export async function recordRow(row: AuditedRow, options: RecordedAuditOptions): Promise<void> {
  if (isAuditOff()) return;
  for (const [index, step] of row.steps.entries()) await recordStep(step, index + 1, row, options);
}
