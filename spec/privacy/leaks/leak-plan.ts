import type { TracingOptions } from 'spanwright';
import type { Canary } from './canary-classes.js';
import { USER_PATTERN } from './canary-classes.js';
import { createCorpus } from './canary-corpus.js';
import { PLACES } from './places/all-places.js';
import { QUOTING } from './raw-receiver.js';
import { NATIONAL_CANARIES } from './national-canaries.js';
import type { Trial } from './trial.js';
import { createTrials } from './trial.js';

/** Who owns the tracer provider: we, the application alone, with our processor, or with `configureTracing` beside it. */
export type Home = 'own' | 'host' | 'host with a processor' | 'hosted';

/** A content tier. */
export type Tier = 'none' | 'digest' | 'redacted' | 'full';

/** What a program of the check does. The program that searches makes the same canaries of it. */
export interface LeakPlan {
  readonly home: Home;
  readonly tiers: readonly Tier[];
  readonly seed: number;
  /** Canaries in each place, at least. */
  readonly least: number;
  /** Every so many trials one is made, from the first on; 1 makes all. */
  readonly step: number;
  /** One program makes the calls of every so many places, beginning with this one. */
  readonly part: number;
  readonly parts: number;
  /** A word stands where the canary would: what is there without one. */
  readonly isHarmless: boolean;
  readonly authority: string;
  readonly folder: string;
}

/** What stands in the place of canaries where there are none. */
export const HARMLESS = 'lantern';

/** The trials of a plan. */
export function trialsOf({ seed, least, step, part, parts, isHarmless }: LeakPlan): readonly Trial[] {
  const trials = createTrials(
    PLACES.filter((_, index) => index % parts === part),
    seed + part,
    least,
  ).filter(({ id }) => id % step === 0);
  return isHarmless ? trials.map((trial) => ({ ...trial, text: HARMLESS, parts: [HARMLESS] })) : trials;
}

/** Canaries that stand in the configuration itself. */
export function configuredCanaries(seed: number): Record<'password' | 'query' | 'header' | 'resource', Canary> {
  const secrets = createCorpus(seed + 1000, 20);
  const [password, query, header, resource] = secrets as [Canary, Canary, Canary, Canary];
  return { password, query, header, resource };
}

type Destination = NonNullable<TracingOptions['destinations']>[number];

const VOCABULARIES = ['gen-ai', 'openinference', 'langfuse', 'llm'] as const;

function destinationsAt(tier: Tier, index: number, { authority, folder }: LeakPlan): Destination[] {
  const vocabulary = (offset: number): (typeof VOCABULARIES)[number] =>
    VOCABULARIES[(index + offset) % VOCABULARIES.length] ?? 'gen-ai';
  const common = { content: tier, maxQueue: 1_000_000 } as object as { content: 'full' };
  const endpoint = (name: string): string => `http://${authority}/${name}/${tier}/v1/traces`;
  return [
    { provider: 'memory', name: `memory-${tier}`, ...common, vocabulary: vocabulary(0), maxSpans: 1_000_000 },
    { provider: 'console', name: `console-${tier}`, ...common, vocabulary: vocabulary(1) },
    { provider: 'file', name: `file-${tier}`, ...common, vocabulary: vocabulary(2), path: `${folder}/${tier}.jsonl` },
    {
      provider: 'otlp',
      name: `protobuf-${tier}`,
      ...common,
      vocabulary: vocabulary(3),
      endpoint: endpoint('protobuf'),
    },
    {
      provider: 'otlp',
      name: `json-${tier}`,
      ...common,
      vocabulary: vocabulary(0),
      endpoint: endpoint('json'),
      encoding: 'json',
      compression: 'none',
    },
  ];
}

/** Options with every kind of destination at each tier, and one that refuses and quotes what it is sent. */
export function optionsOf(plan: LeakPlan): TracingOptions {
  const { password, query, header } = configuredCanaries(plan.seed);
  const quoting = `app:${encodeURIComponent(password.text)}@${plan.authority}${QUOTING}v1/traces?key=${encodeURIComponent(query.text)}`;
  const options = {
    serviceName: 'leaks',
    destinations: [
      ...plan.tiers.flatMap((tier, index) => destinationsAt(tier, index, plan)),
      { provider: 'otlp', name: 'quoting', endpoint: `http://${quoting}`, headers: { 'x-note': header.text } },
    ],
    metrics: { endpoint: `http://${plan.authority}/metrics/v1/metrics` },
    digestKey: 'a key of the check',
    privacy: { patterns: [USER_PATTERN], packs: Object.keys(NATIONAL_CANARIES) },
  };
  return options as TracingOptions;
}
