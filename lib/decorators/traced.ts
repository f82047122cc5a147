import { createDecorator } from './decorator.js';
import { createTraceFacet } from './facets.js';
import type { Args, TracedHooks } from './hooks.js';
import { COMMON_KEYS } from './loose-options.js';
import type { StaticTracedOptions, TracedOptions } from './options.js';
import type {
  AnyMethod,
  Block,
  CheckedDecorator,
  MemberOrClassDecorator,
  MisplacedOnFieldOrParameter,
  OnMemberOrClass,
  Refusal,
} from './signatures.js';

/** `Traced` with a name or options. */
export interface TracedFactory {
  (): MemberOrClassDecorator;
  (name: string): MemberOrClassDecorator;
  (options: StaticTracedOptions): MemberOrClassDecorator;
  <N extends Args, S extends Args, A extends Args, P extends Args, L extends Args, R, K>(
    options: TracedHooks<N, S, A, P, L, R, K>,
  ): CheckedDecorator<[N] | [S] | [A] | [P] | [L], [R] | [K]>;
}

/** `Traced` on functions and blocks. */
export interface TracedFunctions {
  /** Returns a traced function of the same type; the given one is untouched. */
  wrap<F extends AnyMethod>(fn: F): F;
  wrap<F extends AnyMethod>(options: string | TracedOptions<Parameters<F>, Awaited<ReturnType<F>>>, fn: F): F;
  /** Runs a block as a call and returns what it returns; a stream or promise keeps the call open until it is finished. */
  run<R>(options: string | TracedOptions<[], Awaited<R>>, block: Block<R>): R;
}

/**
 * Records a span for each call of a method, static, getter, accessor, `#private` method (standard decorators) or, on a
 * class, of every own method and static. Works bare, called, named and with options, under legacy and standard
 * decorators. The result is of the same kind as without it; a promise or stream keeps the call open until it is finished.
 *
 * @throws `DECORATOR_MISPLACED` on a field, setter or parameter; `DECORATOR_OPTIONS_INVALID` for a bad option.
 * @example
 * class Synthesizer {
 *   @Traced({ name: 'synthesize_ticket', attributes: (ticket: Ticket) => ({ 'ticket.id': ticket.id }) })
 *   async synthesize(ticket: Ticket): Promise<Summary> {
 *     return await summarize(ticket);
 *   }
 * }
 */
export const Traced = createDecorator({
  name: 'Traced',
  keys: [...COMMON_KEYS, 'include', 'exclude'],
  createFacet: createTraceFacet,
}) as OnMemberOrClass & TracedFactory & Refusal<MisplacedOnFieldOrParameter> & TracedFunctions;
