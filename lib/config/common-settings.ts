import type { CommonSettings, DeliverySettings, SpanFilter } from '../pipeline/settings.js';
import type { ContentVote } from '../privacy/switches.js';
import type { ContentTier } from '../privacy/tiers.js';
import type { CommonDestinationOptions, FilterOptions } from './destination-options.js';
import type { Picker } from './picker.js';
import type { Preset } from './presets/preset.js';
import type { ContentSettings, PrivacyPort } from './privacy.js';
import { printPath } from './problems.js';

/** What the common options of a destination are resolved against. */
export interface CommonContext {
  readonly preset: Preset;
  readonly settings: ContentSettings;
  readonly port: PrivacyPort | undefined;
  /** Its spans stay on this machine. */
  readonly isNear: boolean;
}

// Older tools record content or do not; what they record passes the redaction here.
function ownTier(options: CommonDestinationOptions): ContentTier | undefined {
  const isRecording = options.enableContentRecording ?? options.enable_content_recording;
  return options.content ?? (isRecording === true ? 'redacted' : undefined);
}

// The strictest that is set wins; who said it first stands as its source.
function resolveContent(picker: Picker, options: CommonDestinationOptions, context: CommonContext): ContentTier {
  const own = picker.pick('content', ownTier(options), [], context.preset.content);
  const switches = ['enableContentRecording', 'enable_content_recording'] as const;
  const votes = switches
    .filter((key) => options[key] === false)
    .map((source): ContentVote => ({ source, tier: 'none' }));
  const path = printPath([...picker.place.title, 'content']);
  const { sources } = picker.resolution;
  const given: ContentVote = { source: sources[path] ?? 'default', tier: own };
  const all = [given, ...votes, ...context.settings.votes];
  const { tier = own, decidedBy } = context.port?.combineVotes(all) ?? {};
  sources[path] = decidedBy ?? given.source;
  return tier;
}

function resolveDelivery(picker: Picker, options: CommonDestinationOptions, isNear: boolean): DeliverySettings {
  const { batch, breaker, health } = options;
  return {
    maxQueue: picker.pick('maxQueue', options.maxQueue, [], 100_000),
    onFull: picker.pick('onFull', options.onFull, [], 'drop_oldest'),
    maxWaitMs: picker.pick('maxWaitMs', options.maxWaitMs, [], 1000),
    batch: {
      maxSpans: picker.pick('batch.maxSpans', batch?.maxSpans, [], 512),
      maxBytes: picker.pick('batch.maxBytes', batch?.maxBytes, [], 1_048_576),
      delayMs: picker.pick('batch.delayMs', batch?.delayMs, [], 1000),
    },
    breaker: {
      failures: picker.pick('breaker.failures', breaker?.failures, [], 5),
      openMs: picker.pick('breaker.openMs', breaker?.openMs, [], 30_000),
    },
    health: {
      dropRatio: picker.pick('health.dropRatio', health?.dropRatio, [], 0.01),
      latencyMs: picker.pick('health.latencyMs', health?.latencyMs, [], isNear ? 100 : 2000),
    },
  };
}

// With these flags a pattern remembers where it stopped, and would miss every second name.
function withoutMemory(name: string | RegExp): string | RegExp {
  return typeof name === 'string' ? name : new RegExp(name.source, name.flags.replace(/[gy]/g, ''));
}

function resolveFilter(only: 'llm' | undefined, { keepNames, dropNames, dropWhere }: FilterOptions = {}): SpanFilter {
  return {
    ...(only && { only }),
    ...(keepNames && { keepNames: keepNames.map(withoutMemory) }),
    ...(dropNames && { dropNames: dropNames.map(withoutMemory) }),
    ...(dropWhere && { dropWhere: dropWhere.map((entry) => ({ ...entry })) }),
  };
}

/** Resolves what every destination is told. */
export function resolveCommon(
  picker: Picker,
  options: CommonDestinationOptions,
  context: CommonContext,
): Omit<CommonSettings, 'name' | 'provider' | 'resourceAttributes'> {
  const { preset, settings, isNear } = context;
  const maxContentChars = options.maxContentChars ?? settings.maxContentChars;
  return {
    granularity: picker.pick('granularity', options.granularity, [], 'full'),
    filter: resolveFilter(options.only, options.filter),
    vocabulary: picker.pick('vocabulary', options.vocabulary, [], preset.vocabulary),
    content: resolveContent(picker, options, context),
    ...(maxContentChars === undefined ? {} : { maxContentChars }),
    limits: { ...preset.limits, ...givenLimits(options) },
    announceStarts: picker.pick('announceStarts', options.announceStarts, [], false),
    delivery: resolveDelivery(picker, options, isNear),
  };
}

function givenLimits({ limits = {} }: CommonDestinationOptions): CommonSettings['limits'] {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}
