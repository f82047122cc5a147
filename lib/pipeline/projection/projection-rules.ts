import type { Attributes } from '@opentelemetry/api';
import type { VocabularyName } from '../../genai/vocabularies/vocabulary.js';
import type { Privacy } from '../../privacy/privacy.js';
import type { ContentTier } from '../../privacy/tiers.js';
import type { FinishedSpan } from '../finished-span.js';
import type { Selection } from '../selection/selection.js';
import type { BackendLimits } from '../settings.js';
import type { HiddenFields } from './hidden-fields.js';

/** What decides how a destination sees a span. */
export interface ProjectionRules {
  readonly content: ContentTier;
  /** What switches hide of content, whatever the tier. */
  readonly hidden: HiddenFields;
  /** Characters of one attribute. */
  readonly maxContentChars: number | undefined;
  /** Which spans it takes, and under which parent. */
  readonly selection: Selection;
  /** What the backend takes at most; absent means anything. */
  readonly limits?: BackendLimits;
  /** Attributes of the resource for this destination alone. */
  readonly resourceAttributes?: Attributes;
  readonly vocabulary: VocabularyName;
  readonly privacy: Privacy;
  /** Replaces the resource of the provider; undefined in a host's provider, whose resource stays. */
  readonly resource: FinishedSpan['resource'] | undefined;
}
