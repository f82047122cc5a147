import type { Attributes, Counter, Histogram } from '@opentelemetry/api';
import type { CallArguments, CallTarget, Facet, Outcome, Subject } from '../calls/facet.js';
import { hideInNamed } from '../calls/hidden-attributes.js';
import { ANONYMOUS } from '../calls/subject.js';
import { SpanwrightError } from '../core/errors.js';
import { countGuarded, guarded, refusePromise } from '../core/guard.js';
import { perMeter, SECONDS_BUCKETS } from '../core/meter.js';
import { state } from '../core/state.js';
import { GEN_AI } from '../genai/vocabularies/gen-ai-names.js';
import { createCallFacet, numberOf } from './call-facet.js';
import { latencyMs, noteStart } from './external-facts.js';
import type { LooseOptions } from './loose-options.js';
import { RANK } from './ranks.js';

type Hook = (...args: unknown[]) => unknown;

interface Instruments {
  readonly counter: Counter | undefined;
  readonly histogram: Histogram | undefined;
}

interface Progress {
  readonly attributes: Attributes;
  value: number | undefined;
}

const NO_ATTRIBUTES: Attributes = Object.freeze({});

// A list is one value of an attribute for each order of its items, so that metrics take none.
function labelOf(name: string, value: unknown): string | number | boolean | undefined {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value === undefined) return undefined;
  throw new TypeError(`metric attribute "${name}" is no string, number or boolean`);
}

function labelsOf(made: unknown): Attributes {
  if (made === undefined) return NO_ATTRIBUTES;
  if (typeof made !== 'object' || made === null) throw new TypeError(`got ${typeof made}, expected an object`);
  const labels: Attributes = {};
  for (const name of Object.keys(made)) {
    const label = guarded('HOOK_ATTRIBUTES', () => labelOf(name, (made as Record<string, unknown>)[name]));
    if (label !== undefined) labels[name] = label;
  }
  return hideInNamed(labels);
}

function checkUse(options: LooseOptions): void {
  for (const key of ['unit', 'description', 'value'] as const) {
    if (options[key] === undefined) continue;
    throw new SpanwrightError(
      'DECORATOR_OPTIONS_INVALID',
      `option "${key}" of Metered() has no effect: got neither counter nor histogram, expected one of them`,
    );
  }
}

function createInstruments(options: LooseOptions): () => Instruments | undefined {
  const { counter, histogram, unit, value } = options;
  const text = typeof options.description === 'string' ? { description: options.description } : {};
  const seconds = { unit: 's', advice: { explicitBucketBoundaries: SECONDS_BUCKETS } };
  const own = { ...text, ...(unit === undefined ? {} : { unit }) };
  return perMeter((meter) => {
    if (counter === undefined && histogram === undefined) {
      return {
        counter: meter.createCounter('spanwright.calls', { unit: '{call}', description: 'Calls that ended.' }),
        histogram: meter.createHistogram('spanwright.call.duration', { ...seconds, description: 'Time of a call.' }),
      };
    }
    return {
      counter: counter === undefined ? undefined : meter.createCounter(counter, histogram === undefined ? own : text),
      histogram:
        histogram === undefined
          ? undefined
          : meter.createHistogram(histogram, value === undefined ? { ...seconds, ...own } : own),
    };
  });
}

/** The facet of `Metered`: counts calls, and measures what they give or how long they take. */
export function createMeteredFacet(options: LooseOptions): Facet {
  const { attributes, counter, histogram, value } = options;
  const isBare = counter === undefined && histogram === undefined;
  if (isBare) checkUse(options);
  // Two of them on one method each have their own instruments.
  const type = `metered ${counter ?? ''} ${histogram ?? ''}`;
  const base = createCallFacet(type, RANK.metered, {
    ...options,
    attributes: undefined,
    spanName: options.spanName ?? options.name,
  });
  const instruments = createInstruments(options);
  const fixed = typeof attributes === 'object' ? labelsOf(attributes) : NO_ATTRIBUTES;
  const key = {};

  function labelsFor(self: unknown, args: CallArguments, subject: Subject): Attributes {
    const made =
      typeof attributes === 'function'
        ? guarded('HOOK_ATTRIBUTES', () =>
            labelsOf(refusePromise(Reflect.apply(attributes as Hook, self, args) as unknown)),
          )
        : fixed;
    if (!isBare || subject.functionName === ANONYMOUS) return made ?? NO_ATTRIBUTES;
    return { ...made, 'code.function.name': subject.qualifiedName };
  }

  function measureCall(call: CallTarget, { attributes: labels }: Progress, outcome: Outcome): void {
    const into = instruments();
    const all = { ...labels, [GEN_AI.outcome]: outcome };
    const seconds = latencyMs(call) / 1000;
    call.emit(() => {
      into?.counter?.add(1, all);
      // When an abandoned call ended, nobody knows.
      if (outcome !== 'abandoned') into?.histogram?.record(seconds, all);
    });
  }

  function measureResult(call: CallTarget, progress: Progress): void {
    const into = instruments();
    const measured = value === undefined ? latencyMs(call) / 1000 : progress.value;
    call.emit(() => {
      if (measured !== undefined) into?.histogram?.record(measured, progress.attributes);
    });
    const count = value === undefined || histogram !== undefined ? 1 : progress.value;
    if (count === undefined) return;
    if (count >= 0) call.emit(() => into?.counter?.add(count, progress.attributes));
    else
      countGuarded('HOOK_ON_RESULT', new RangeError(`counter ${counter}: got ${count}, expected no negative number`));
  }

  return {
    ...base,
    measures: true,
    begin: (call, self, args, subject) => {
      if (state.metrics !== undefined) {
        call.notes.set(key, { attributes: labelsFor(self, args, subject), value: undefined } satisfies Progress);
        noteStart(call);
      }
      if (call.recording) base.begin?.(call, self, args, subject);
    },
    settled: (call, self, result) => {
      const progress = call.notes.get(key) as Progress | undefined;
      if (progress !== undefined && value !== undefined) {
        const made = numberOf('HOOK_ON_RESULT', value, self, [result]);
        if (Number.isFinite(made)) progress.value = made;
      }
      if (call.recording) base.settled?.(call, self, result);
    },
    chunk:
      base.chunk &&
      ((call, item) => {
        if (call.recording) base.chunk?.(call, item);
      }),
    done: (call, outcome) => {
      const progress = call.notes.get(key) as Progress | undefined;
      if (progress !== undefined && isBare) measureCall(call, progress, outcome);
      else if (progress !== undefined && outcome === 'ok') measureResult(call, progress);
      if (call.recording) base.done?.(call, outcome);
    },
  };
}
