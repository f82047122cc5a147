/** What ran, told by the methods themselves. */
class Ledger {
  #counts = new Map<string, number>();
  #strays: string[] = [];
  #waiting = new Map<string, (() => void)[]>();

  /** The first statement of every method; `isOwn` tells whether `this` is what it has to be. */
  enter(isOwn: boolean, name: string): void {
    if (!isOwn) this.#strays.push(name);
    this.note(name);
  }

  /** Notes what is no method: a teardown. */
  note(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    for (const resolve of this.#waiting.get(name) ?? []) resolve();
    this.#waiting.delete(name);
  }

  /** Resolves once the name was noted. */
  seen(name: string): Promise<void> {
    if (this.#counts.has(name)) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.set(name, [...(this.#waiting.get(name) ?? []), resolve]);
    });
  }

  /** The counts so far, sorted by name, and the methods that had another `this`; both start anew. */
  take(): { counts: Record<string, number>; strays: string[] } {
    const counts = Object.fromEntries([...this.#counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
    const strays = this.#strays;
    this.#counts = new Map();
    this.#strays = [];
    return { counts, strays };
  }
}

export const ledger = new Ledger();
