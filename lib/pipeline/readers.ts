import { state } from '../core/state.js';
import type { Outlet } from './outlet.js';

/** Tells calls what the outlets of a pipeline want of them, for as long as it runs. */
export class Readers {
  readonly #content: number;
  readonly #digests: number;
  readonly #starts: number;
  readonly #wait: (() => Promise<void> | undefined) | undefined;

  constructor(outlets: readonly Outlet[], putsContent: boolean, wait: () => Promise<void> | undefined) {
    const count = (wants: (rules: Outlet['rules']) => boolean): number =>
      outlets.filter(({ rules }) => wants(rules)).length;
    this.#content = count(({ content }) => content !== 'none') + (putsContent ? 1 : 0);
    this.#digests = count(({ content }) => content === 'digest');
    this.#starts = count(({ announceStarts }) => announceStarts);
    this.#wait = count(({ delivery }) => delivery.onFull === 'slow') === 0 ? undefined : wait;
    this.#add(1);
    if (this.#wait !== undefined) state.pressures.add(this.#wait);
  }

  leave(): void {
    this.#add(-1);
    if (this.#wait !== undefined) state.pressures.delete(this.#wait);
  }

  #add(sign: 1 | -1): void {
    state.contentReaders += sign * this.#content;
    state.digestReaders += sign * this.#digests;
    state.startReaders += sign * this.#starts;
  }
}
