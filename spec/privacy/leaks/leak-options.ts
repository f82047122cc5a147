import type { TracingOptions } from 'spanwright';
import type { Canary } from './canary-classes.js';
import { USER_PATTERN } from './canary-classes.js';
import { createCorpus } from './canary-corpus.js';
import type { LeakPlan, Tier } from './leak-plan.js';
import { NATIONAL_CANARIES } from './national-canaries.js';
import { QUOTING } from './raw-receiver.js';

/** A canary that stands in the configuration itself. */
export interface ConfiguredCanary extends Canary {
  readonly place: string;
}

const CONFIGURED = [
  'password',
  'query',
  'header',
  'headerOfVariable',
  'resource',
  'resourceOfVariable',
  'service',
  'digestKey',
  'fingerprintKey',
] as const;

/** Canaries of the configuration, by where they stand in it. */
export function configuredCanaries(seed: number): Record<(typeof CONFIGURED)[number], ConfiguredCanary> {
  const corpus = createCorpus(seed + 1000, CONFIGURED.length);
  const entries = CONFIGURED.map((name, index) => [name, { ...corpus[index], place: `configured: ${name}` }]);
  return Object.fromEntries(entries) as Record<(typeof CONFIGURED)[number], ConfiguredCanary>;
}

/** Variables of the program. */
export function variablesOf(seed: number): Record<string, string> {
  const { resourceOfVariable, headerOfVariable } = configuredCanaries(seed);
  return {
    OTEL_RESOURCE_ATTRIBUTES: `service.note=${encodeURIComponent(resourceOfVariable.text)}`,
    OTEL_EXPORTER_OTLP_HEADERS: `x-variable=${encodeURIComponent(headerOfVariable.text)}`,
    OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN: 'logs/dup',
  };
}

type Destination = NonNullable<TracingOptions['destinations']>[number];

const VOCABULARIES = ['gen-ai', 'openinference', 'langfuse', 'llm'] as const;

function destinationsAt(tier: Tier, index: number, { authority, folder }: LeakPlan): Destination[] {
  const vocabulary = (offset: number): (typeof VOCABULARIES)[number] =>
    VOCABULARIES[(index + offset) % VOCABULARIES.length] ?? 'gen-ai';
  const common = { content: tier, maxQueue: 1_000_000 } as object as { content: 'full' };
  const endpoint = (name: string): string => `http://${authority}/${name}/${tier}/v1/traces`;
  return [
    { provider: 'memory', name: `memory-${tier}`, ...common, maxSpans: 1_000_000 },
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

function quotingEndpoint(scheme: string, authority: string, path: string, seed: number): string {
  const { password, query } = configuredCanaries(seed);
  const [secret, key] = [password.text, query.text].map(encodeURIComponent);
  return `${scheme}://app:${secret}@${authority}${path}?key=${key}`;
}

/** Options with every kind of destination at each tier, one that refuses and quotes what it is sent, and one that is away. */
export function optionsOf(plan: LeakPlan): TracingOptions {
  const { seed, home, authority } = plan;
  const { header, resource, service, digestKey, fingerprintKey } = configuredCanaries(seed);
  const headers = { 'x-note': header.text };
  const quoting = (path: string): string => quotingEndpoint('http', authority, `${QUOTING}${path}`, seed);
  const away = quotingEndpoint('http', '127.0.0.1:9', '/v1/traces', seed);
  const options = {
    serviceName: `leaks of ${service.text}`,
    resource: { 'service.owner': resource.text },
    destinations: [
      ...plan.tiers.flatMap((tier, index) => destinationsAt(tier, index, plan)),
      { provider: 'otlp', name: 'quoting', endpoint: quoting('v1/traces'), headers },
      { provider: 'otlp', name: 'away', endpoint: away, headers, timeoutMs: 300 },
    ],
    metrics:
      home === 'own'
        ? { endpoint: `http://${authority}/metrics/v1/metrics` }
        : { endpoint: quoting('v1/metrics'), headers },
    digestKey: digestKey.text,
    privacy: {
      patterns: [USER_PATTERN],
      packs: Object.keys(NATIONAL_CANARIES),
      ...(home === 'hosted' && { fingerprintKey: fingerprintKey.text }),
    },
    ...(home === 'hosted with content on spans' && { contentOnSpan: true }),
  };
  return options as TracingOptions;
}
