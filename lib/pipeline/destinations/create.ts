import type { Granularity } from '../levels.js';
import type { VocabularyName } from '../../genai/vocabularies/vocabulary.js';
import type { ContentTier } from '../../privacy/tiers.js';
import type { OtlpSettings } from '../otlp-exporter.js';
import type { Sdk } from '../sdk.js';
import { ConsoleDestination } from './console.js';
import type { Destination } from './destination.js';
import { FileDestination } from './file.js';
import { MemoryDestination } from './memory.js';
import { OtlpDestination } from './otlp.js';

interface CommonSettings {
  readonly name: string;
  readonly granularity: Granularity;
  readonly vocabulary: VocabularyName;
  readonly content: ContentTier;
  readonly maxQueue: number;
  /** Characters of one attribute. */
  readonly maxContentChars?: number | undefined;
}

/** A destination with every default filled in. */
export type DestinationSettings = CommonSettings &
  (
    | { readonly provider: 'console' }
    | { readonly provider: 'memory'; readonly maxSpans: number }
    | { readonly provider: 'file'; readonly path: string }
    | ({ readonly provider: 'otlp' } & OtlpSettings)
  );

/** Makes the destination of some settings. Throws `MissingPackage` when its exporter is not installed. */
export function createDestination(settings: DestinationSettings, sdk: Sdk): Destination {
  switch (settings.provider) {
    case 'console':
      return new ConsoleDestination();
    case 'memory':
      return new MemoryDestination(settings.maxSpans);
    case 'file':
      return new FileDestination(settings.path);
    default:
      return new OtlpDestination(settings, sdk);
  }
}
