import type { IdGenerator } from '@opentelemetry/sdk-trace';

const SPAN_ID_CHARS = 16;
const TRACE_ID_CHARS = 32;
// Ids are slices of one text, which lives as long as any of them does: so it is short.
const POOL_BYTES = 512;

const bytes = Buffer.allocUnsafe(POOL_BYTES);
let pool = '';
let used = 0;

function draw(chars: number): string {
  if (used + chars > pool.length) {
    globalThis.crypto.getRandomValues(bytes);
    pool = bytes.toString('hex');
    used = 0;
  }
  const id = pool.slice(used, used + chars);
  used += chars;
  return id;
}

const NOTHING = /^0+$/;

function drawValid(chars: number): string {
  let id = draw(chars);
  // All zeros mean "no id"; a first digit rules that out for all but one id in sixteen.
  while (id.codePointAt(0) === 48 && NOTHING.test(id)) id = draw(chars);
  return id;
}

/** A random span id, 16 hex digits. */
export function drawSpanId(): string {
  return drawValid(SPAN_ID_CHARS);
}

/** A random trace id, 32 hex digits. */
export function drawTraceId(): string {
  return drawValid(TRACE_ID_CHARS);
}

/** The ids of our provider: cryptographically random, and a sixth of the price of the SDK's own. */
export class Ids implements IdGenerator {
  #nextTraceId: string | undefined = undefined;

  /** The next new trace gets this id: it was drawn, and sampled by, before the SDK is asked for a span. */
  reserve(traceId: string): void {
    this.#nextTraceId = traceId;
  }

  generateTraceId(): string {
    const reserved = this.#nextTraceId;
    if (reserved === undefined) return drawTraceId();
    this.#nextTraceId = undefined;
    return reserved;
  }

  generateSpanId(): string {
    return drawSpanId();
  }
}
