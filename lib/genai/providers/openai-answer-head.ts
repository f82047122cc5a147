import type { Json } from '../endpoint.js';
import { defined, textOf } from '../untrusted.js';
import { copyCounts, createCounts, findUsage, type CountTree } from './openai-usage.js';

/** What the chunks of a stream say of the whole answer. */
export class AnswerHead {
  #id: string | undefined;
  #model: string | undefined;
  #serviceTier: string | undefined;
  #fingerprint: string | undefined;
  #usage: CountTree | undefined;

  add(chunk: Json): void {
    // Azure's first chunk has them, empty.
    this.#id ??= textOf(chunk, 'id');
    this.#model ??= textOf(chunk, 'model');
    this.#serviceTier ??= textOf(chunk, 'service_tier', 'serviceTier');
    this.#fingerprint ??= textOf(chunk, 'system_fingerprint', 'systemFingerprint');
    this.addUsage(chunk);
  }

  /** Takes the usage of a chunk, or of a choice: Moonshot has it there. */
  addUsage(holder: Json): void {
    const usage = findUsage(holder);
    if (usage !== undefined) copyCounts(usage, (this.#usage ??= createCounts()));
  }

  /** The fields of an answer that was not streamed. */
  fields(): Json {
    return defined({
      id: this.#id,
      model: this.#model,
      service_tier: this.#serviceTier,
      system_fingerprint: this.#fingerprint,
      usage: this.#usage,
    });
  }
}
