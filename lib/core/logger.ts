/**
 * Where our own warnings go. Pino, winston, Nest's `Logger` and `console` fit as they are.
 * Loggers with `child()` (pino, winston) get `(fields, message)`; others get `(fields)` with `message` inside.
 */
export interface Logger {
  warn(first: unknown, ...rest: unknown[]): unknown;
  child?: unknown;
}
