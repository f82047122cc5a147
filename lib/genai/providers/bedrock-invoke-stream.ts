import type { ChunkMerger, ContentBudget, Json } from '../endpoint.js';
import { asCount, asObject } from '../json-fields.js';
import { parseBody } from './bedrock-body.js';
import { familyOfChunk } from './bedrock-families/families.js';

/** The field of the last chunk that has Bedrock's own counts. */
export const METRICS = 'amazon-bedrock-invocationMetrics';

const COUNTS = ['inputTokenCount', 'outputTokenCount'];

/** The JSON in an event `{ chunk: { bytes } }` of InvokeModelWithResponseStream. */
export function chunkBody(event: Json): Json | undefined {
  return parseBody(asObject(event['chunk'])?.['bytes']);
}

/** Merges the events of InvokeModelWithResponseStream into the plain form of InvokeModel's answer. */
export class InvokeModelMerger implements ChunkMerger {
  #merger: ChunkMerger | undefined;
  #metrics: Json | undefined;

  add(chunk: Json, budget: ContentBudget): void {
    const body = chunkBody(chunk);
    if (body === undefined) return;
    this.#merger ??= familyOfChunk(body)?.createMerger?.();
    this.#merger?.add(body, budget);
    const metrics = asObject(body[METRICS]);
    if (metrics === undefined) return;
    const counts: Record<string, unknown> = {};
    for (const name of COUNTS) if (asCount(metrics[name]) !== undefined) counts[name] = metrics[name];
    this.#metrics = counts;
  }

  response(): Json {
    const body = this.#merger?.response() ?? {};
    return { body: this.#metrics === undefined ? body : { ...body, [METRICS]: this.#metrics } };
  }
}
