import * as core from '@opentelemetry/core';
import { Budget } from '#lib/pipeline/delivery/budget.js';
import { Captured } from '#lib/pipeline/delivery/captured.js';
import { LastResort } from '#lib/pipeline/delivery/last-resort.js';
import type { Outcome } from '#lib/pipeline/delivery/outcome.js';
import { Quiet } from '#lib/pipeline/delivery/quiet.js';
import type { Batch, Destination, QueuedDestination } from '#lib/pipeline/destinations/destination.js';
import { Outlet } from '#lib/pipeline/outlet.js';
import type { OutletParts, OutletRules } from '#lib/pipeline/outlet.js';
import { EVERY_SPAN } from '#lib/pipeline/selection/selection.js';
import type { DeliverySettings } from '#lib/pipeline/settings.js';
import { createPrivacy } from '#lib/privacy/privacy.js';
import type { FinishedSpan } from 'spanwright/testing';
import { madeSpan } from './made-spans.js';

/** What the specs of a queue change. */
export interface DeliveryShape extends Partial<Omit<DeliverySettings, 'batch' | 'breaker' | 'health'>> {
  readonly batch?: Partial<DeliverySettings['batch']>;
  readonly breaker?: Partial<DeliverySettings['breaker']>;
  readonly health?: Partial<DeliverySettings['health']>;
}

/** The delivery that is configured by default, with changes. */
export function delivery({ batch, breaker, health, ...rest }: DeliveryShape = {}): DeliverySettings {
  return {
    maxQueue: 100_000,
    onFull: 'drop_oldest',
    maxWaitMs: 1000,
    ...rest,
    batch: { maxSpans: 512, maxBytes: 1_048_576, delayMs: 20, ...batch },
    breaker: { failures: 5, openMs: 30_000, ...breaker },
    health: { dropRatio: 0.01, latencyMs: 2000, ...health },
  };
}

/** What outlets of one configuration share; losses are said to nobody. */
export function outletParts(maxBytes = 41_943_040): OutletParts {
  return {
    budget: new Budget(maxBytes),
    quiet: new Quiet(core.suppressTracing),
    lastResort: new LastResort('/dev/null'),
    onBreaker: () => {},
  };
}

/** An outlet that takes everything, with changes. */
export function madeOutlet(
  destination: Destination,
  rules: Partial<OutletRules> = {},
  parts: OutletParts = outletParts(),
): Outlet {
  return new Outlet(
    {
      name: 'spec',
      provider: 'otlp',
      content: 'none',
      selection: EVERY_SPAN,
      vocabulary: 'gen-ai',
      resource: undefined,
      hidden: new Set(),
      maxContentChars: undefined,
      privacy: createPrivacy(),
      limits: {},
      announceStarts: false,
      delivery: delivery(),
      ...rules,
    },
    destination,
    parts,
  );
}

type Ended = Parameters<Outlet['accept']>[0];

/** Hands a span to outlets as a pipeline does: captured once for all of them. */
export function give(span: FinishedSpan, ...outlets: readonly Outlet[]): void {
  const ended = span as unknown as Ended;
  let captured: Captured | undefined;
  for (const outlet of outlets) outlet.accept(ended, () => (captured ??= new Captured(ended)));
}

let next = 0;

/** Hands some spans of a size to outlets. */
export function giveMany(count: number, outlets: readonly Outlet[], text = ''): void {
  for (let time = 0; time < count; time++) {
    give(madeSpan({ id: ++next, ...(text === '' ? {} : { attributes: { text: `${next} ${text}` } }) }), ...outlets);
  }
}

/** Answers batches as it is told: faults that no real backend shows on demand. */
export class ScriptedDestination implements QueuedDestination {
  readonly isImmediate = false;
  readonly concurrency: number;
  /** The sizes of the batches that came. */
  readonly batches: number[] = [];
  /** The names of the spans that were taken. */
  readonly taken: string[] = [];
  /** What is answered; asked for each batch. */
  answer: (names: readonly string[]) => Outcome | Promise<Outcome> = () => ({ kind: 'delivered' });
  #gate: Promise<void> | undefined;
  #open: (() => void) | undefined;

  constructor(concurrency = 1) {
    this.concurrency = concurrency;
  }

  hold(): void {
    this.#gate = new Promise((resolve) => {
      this.#open = resolve;
    });
  }

  release(): void {
    this.#open?.();
    this.#gate = undefined;
  }

  open(): Batch {
    const names: string[] = [];
    let bytes = 0;
    return {
      add: (span) => {
        names.push(span.name);
        bytes += 100 + JSON.stringify(span.attributes).length;
      },
      get count() {
        return names.length;
      },
      get bytes() {
        return bytes;
      },
      send: () => this.#send(names),
    };
  }

  async #send(names: readonly string[]): Promise<Outcome> {
    this.batches.push(names.length);
    await this.#gate;
    const outcome = await this.answer(names);
    if (outcome.kind === 'delivered') this.taken.push(...names);
    return outcome;
  }
}
