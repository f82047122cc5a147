import type { TracingScope } from '../../core/scope.js';

/** Where a span goes, decided when it starts. */
export interface Route {
  /** The scopes it is in, outermost first. */
  readonly scopes: readonly TracingScope[];
  /** Place of the innermost scope that keeps it from what lies outside; -1 where none does. */
  readonly exclusive: number;
  /** Whether the sampling of the global pipeline wants it. */
  readonly isWanted: boolean;
}

const NO_SCOPES: readonly TracingScope[] = [];

/** The route of a span that no scope and no sampling has a say in. */
export const EVERYWHERE: Route = { scopes: NO_SCOPES, exclusive: -1, isWanted: true };

/** The route of a span that starts in these scopes. */
export function routeOf(scopes: readonly TracingScope[] | undefined, isWanted: boolean): Route {
  if (scopes === undefined) return isWanted ? EVERYWHERE : { ...EVERYWHERE, isWanted };
  return { scopes, exclusive: scopes.findLastIndex((scope) => scope.exclusive && scope.active), isWanted };
}

/** Tells whether a span goes to the destinations of a scope, or to those of the process. */
export function reaches({ scopes, exclusive, isWanted }: Route, scope: TracingScope | undefined): boolean {
  if (scope === undefined) return isWanted && exclusive === -1;
  const place = scopes.indexOf(scope);
  // An exclusive scope keeps its spans from what lies outside of it, not from the scopes inside.
  return place !== -1 && (place >= exclusive || scope.isCapture);
}
