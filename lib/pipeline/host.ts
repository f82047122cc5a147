import type { SpanProcessor } from '@opentelemetry/sdk-trace';

interface HostProvider {
  _activeSpanProcessor?: { _spanProcessors?: unknown };
}

interface ProcessorList {
  _spanProcessors: readonly SpanProcessor[];
}

function listOf(provider: unknown): ProcessorList | undefined {
  const list = (provider as HostProvider | undefined)?._activeSpanProcessor;
  return Array.isArray(list?._spanProcessors) ? (list as ProcessorList) : undefined;
}

/** Tells whether a provider that somebody else registered takes one more processor. */
export function isOpen(provider: unknown): boolean {
  return listOf(provider) !== undefined;
}

/** How a provider is called in a warning: by its class. */
export function nameOf(provider: unknown): string {
  return (provider as { constructor?: { name?: string } }).constructor?.name || 'of an unnamed class';
}

/**
 * Adds a processor to the private list of a provider that somebody else registered (SDK 2.x and 3.x keep one).
 * Returns the undo, or undefined where there is no such list.
 */
export function attachProcessor(provider: unknown, processor: SpanProcessor): (() => void) | undefined {
  const list = listOf(provider);
  if (list === undefined) return undefined;
  // A new list each time: since 2.9 the SDK keeps the application's own array, which may stand in other providers too.
  list._spanProcessors = [...list._spanProcessors, processor];
  return () => {
    list._spanProcessors = list._spanProcessors.filter((one) => one !== processor);
  };
}
