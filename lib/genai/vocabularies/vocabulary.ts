import type { Attributes, HrTime } from '@opentelemetry/api';
import type { SpanRecord } from '../span-record.js';

/** The vocabularies by name. */
export type VocabularyName = 'gen-ai' | 'openinference' | 'langfuse' | 'llm';

/** What a vocabulary may be told besides the record. */
export interface RenderOptions {
  /** How many attributes the destination takes; only lists of content give way to it. */
  readonly maxAttributes?: number;
  /** When the span started. */
  readonly startTime?: HrTime;
  /** How long the span took. */
  readonly durationMs?: number;
}

/** The attribute names that a kind of backend understands. */
export interface Vocabulary {
  readonly name: VocabularyName;
  /**
   * The attributes of a span in this vocabulary, those first that must survive a limit. What has no name in it keeps
   * its `gen-ai` name; what has one is not sent a second time.
   */
  render(record: SpanRecord, options?: RenderOptions): Attributes;
  /** The same of facts that are in its words already and the content beside them, where there is such a way. */
  beside?(facts: Attributes, content: Readonly<Record<string, unknown>>, isFailed: boolean): Attributes;
}
