import type { SpanProcessor } from '@opentelemetry/sdk-trace';

interface HostProvider {
  getDelegate?: () => unknown;
  _activeSpanProcessor?: { _spanProcessors?: unknown };
}

function processorsOf(provider: unknown): SpanProcessor[] | undefined {
  const proxy = provider as HostProvider;
  const host = (proxy.getDelegate?.() ?? proxy) as HostProvider;
  const list = host._activeSpanProcessor?._spanProcessors;
  return Array.isArray(list) ? (list as SpanProcessor[]) : undefined;
}

/**
 * Adds a processor to the private list of a provider that somebody else registered (SDK 2.x and 3.x keep one).
 * Returns the undo, or undefined where there is no such list.
 */
export function attachProcessor(provider: unknown, processor: SpanProcessor): (() => void) | undefined {
  const list = processorsOf(provider);
  if (list === undefined) return undefined;
  list.push(processor);
  return () => {
    const index = list.indexOf(processor);
    if (index >= 0) list.splice(index, 1);
  };
}
