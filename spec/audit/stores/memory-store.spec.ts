import { expect } from 'chai';

import { createMemoryStore } from '#lib/audit/stores/memory-store.js';
import type { LedgerStore } from '#lib/audit/stores/store.js';

import { describeStore, type Limits, type StoreSetup } from './store-contract.js';
import { describeStoreBounds } from './store-contract-bounds.js';

/** One memory store: there is no other at the same place. */
class MemorySetup implements StoreSetup {
  #store: LedgerStore | undefined;

  open(limits: Limits = {}): LedgerStore {
    this.#store ??= createMemoryStore(limits);
    return this.#store;
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}

describe('the memory store', () => {
  describe('as a store', () => describeStore(() => new MemorySetup()));
  describe('with bounds', () => describeStoreBounds(() => new MemorySetup()));

  it('says what it is', () => {
    const { name, isDurable, directory } = createMemoryStore();
    expect({ name, isDurable, directory }).deep.equal({ name: 'memory', isDurable: false, directory: undefined });
  });
});
