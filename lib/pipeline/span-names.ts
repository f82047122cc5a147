import type { createHash } from 'node:crypto';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { nodeRequire } from '#node-require';
import { warnOnce } from '../core/diagnostics.js';

const MAX_NAMES = 1000;
const MAX_KEY_CHARS = 256;
const MAX_EXAMPLE_CHARS = 80;

/** What one instrumentation added. */
interface Source {
  count: number;
  example: string;
}

// A whole query as a name would be held until the warning; its digest is short and as distinct. Few programs have such
// names, so the others do not load what makes digests.
function keyOf(name: string): string {
  if (name.length <= MAX_KEY_CHARS) return name;
  const crypto = nodeRequire('node:crypto') as { createHash: typeof createHash };
  return crypto.createHash('sha256').update(name).digest('base64');
}

function warnOfNames(count: number, sources: ReadonlyMap<string, Source>): void {
  const [most] = [...sources].toSorted(([, one], [, other]) => other.count - one.count);
  if (most === undefined) return;
  const [scope, { count: share, example }] = most;
  const shown = example.length > MAX_EXAMPLE_CHARS ? `${example.slice(0, MAX_EXAMPLE_CHARS)}…` : example;
  warnOnce({
    code: 'SPAN_NAMES',
    message: `got ${count} distinct span names, ${share} of them from "${scope}", such as ${JSON.stringify(shown)}; backends group by name and expect few`,
    hint: "put what changes into an attribute: `spanName: 'fetch order', attributes: (id) => ({ 'order.id': id })`",
  });
}

/**
 * Counts the distinct names of the spans that reach destinations, whoever made them: an id in the name of a foreign
 * span costs a backend as much. Says once that there are more than 1,000, then lets go of them and counts no more.
 */
export class SpanNames {
  #keys: Set<string> | undefined = new Set();
  readonly #sources = new Map<string, Source>();

  note({ name, instrumentationScope }: ReadableSpan): void {
    const keys = this.#keys;
    if (keys === undefined) return;
    const key = keyOf(name);
    if (keys.has(key)) return;
    keys.add(key);
    const scope = instrumentationScope.name;
    const source = this.#sources.get(scope);
    this.#sources.set(scope, { count: (source?.count ?? 0) + 1, example: name });
    if (keys.size > MAX_NAMES) this.#say(keys.size);
  }

  #say(count: number): void {
    this.#keys = undefined;
    warnOfNames(count, this.#sources);
    this.#sources.clear();
  }
}

/** The names of this process; a second copy of the package has its own, and the warning is said once for both. */
export const spanNames = new SpanNames();
