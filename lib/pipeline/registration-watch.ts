import { trace } from '@opentelemetry/api';
import { nodeRequire } from '#node-require';

/** The part of the API through which a tracer provider is registered and taken down. */
export interface TraceApi {
  setGlobalTracerProvider(provider: unknown): boolean;
  disable(): void;
}

/** Told of a registration; runs `proceed`, which registers, and gives its result. */
export type OnRegistration = (provider: unknown, proceed: () => boolean) => boolean;

/** The loaded instances of the API: from 1.10 on `require` gets another one than `import`. */
export function loadedApis(): readonly TraceApi[] {
  const own: TraceApi = trace;
  try {
    const { trace: twin } = nodeRequire('@opentelemetry/api') as { trace: TraceApi };
    return twin === own ? [own] : [own, twin];
  } catch {
    // A bundle that holds the API: there is no second one to find.
    return [own];
  }
}

// Where the method stands: on the class of the API, or on the instance where somebody wrapped it. An own property that is
// taken away again would leave the instance a dictionary, and every idle call reads a field of it.
function ownerOf(api: TraceApi): TraceApi {
  let owner: TraceApi = api;
  while (!Object.hasOwn(owner, 'setGlobalTracerProvider')) owner = Object.getPrototypeOf(owner) as TraceApi;
  return owner;
}

function watchApi(api: TraceApi, onRegistration: OnRegistration): () => void {
  const owner = ownerOf(api);
  const original: unknown = Reflect.get(owner, 'setGlobalTracerProvider');
  let isWatching = true;
  function watching(this: unknown, provider: unknown): boolean {
    const proceed = (): boolean => Reflect.apply(original as TraceApi['setGlobalTracerProvider'], this, [provider]);
    return isWatching ? onRegistration(provider, proceed) : proceed();
  }
  const put = (value: unknown): void => {
    Object.defineProperty(owner, 'setGlobalTracerProvider', { value });
  };
  put(watching);
  return () => {
    isWatching = false;
    // Somebody who came after us may have wrapped it again; then ours stays below theirs and passes on.
    if (Reflect.get(owner, 'setGlobalTracerProvider') === watching) put(original);
  };
}

/**
 * Looks on while tracer providers are registered, because the API refuses a second one in silence. Returns the undo.
 * Why, and what it costs: docs/decisions/0006-hosts.md.
 */
export function watchRegistrations(onRegistration: OnRegistration): () => void {
  const undo = loadedApis().map((api) => watchApi(api, onRegistration));
  return () => {
    for (const step of undo) step();
  };
}
