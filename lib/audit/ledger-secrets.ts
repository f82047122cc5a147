import { openKeyFolder, refuseKeys } from './key-folder.js';
import { createKey, createLedgerKey, readKey } from './keys.js';
import type { LedgerSecrets } from './ledger-rules.js';
import { FileSlots, MemorySlots, readSlot } from './payload-slots.js';
import type { LedgerStore } from './stores/store.js';

/** The folder of a ledger's keys. */
export function keyFolderOf(directory: string, keys: string | undefined): string {
  // Without the separators at its end: the folder stands beside the ledger's.
  return keys ?? `${directory.replace(/[/\\]+$/, '')}.keys`;
}

/** Opens the keys of a ledger in a folder, or makes them for one that has no entries yet. Throws `AUDIT_LEDGER_REFUSED`. */
export function openSecrets(store: LedgerStore, directory: string, keyFolder: string): LedgerSecrets {
  const { lid } = JSON.parse(Buffer.from(store.identity()).toString()) as { lid: string };
  openKeyFolder(keyFolder, directory);
  // Asked before the key is looked for: whoever wrote an entry had made the key.
  const isUsed = store.writers().length > 0;
  const found = readKey(keyFolder, lid);
  if (found === undefined && isUsed) {
    throw refuseKeys(`${keyFolder}: got no key of the ledger, expected the one that its entries were written with`);
  }
  return {
    key: found ?? createKey(keyFolder, lid),
    openSlots: (wid) => new FileSlots(keyFolder, wid),
    findSlot: (place) => readSlot(keyFolder, place),
  };
}

/** Secrets that end with the process. */
export function createMemorySecrets(): LedgerSecrets {
  const writers: MemorySlots[] = [];
  return {
    key: createLedgerKey(),
    openSlots: (wid) => {
      const slots = new MemorySlots(wid);
      writers.push(slots);
      return slots;
    },
    findSlot: (place) => {
      for (const slots of writers) {
        const slot = slots.find(place);
        if (slot !== undefined) return slot;
      }
      return undefined;
    },
  };
}
