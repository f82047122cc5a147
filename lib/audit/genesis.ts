import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ChainBody } from './chain.js';
import type { EntryHead } from './entry-fields.js';
import type { LedgerRules } from './ledger-rules.js';
import type { Session } from './session.js';
import type { LedgerStore } from './stores/store.js';

/** The version of the package. */
export const LIB_VERSION = '0.1.0';
// As many as leave the entry within its bound; the next genesis names the others.
const MAX_HEADS = 256;

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}

function unnamedHeads(store: LedgerStore, own: string): EntryHead[] {
  const heads: EntryHead[] = [];
  for (const [wid, { wseq, hash, isNamed }] of store.settled()) {
    if (!isNamed && wid !== own && heads.length < MAX_HEADS) heads.push({ wid, wseq, hash });
  }
  return heads;
}

/** What the first two entries of a writer say. */
function firstEntries(store: LedgerStore, heads: readonly EntryHead[], rules: LedgerRules): ChainBody[] {
  return [
    {
      kind: 'genesis',
      ledger: createHash('sha256').update(store.identity()).digest('hex'),
      heads,
      host: { pid: process.pid, boot: bootId(), node: process.version, lib: LIB_VERSION },
    },
    { kind: 'policy', ...rules.policy },
  ];
}

function settleNamed(store: LedgerStore, heads: readonly EntryHead[]): void {
  for (const { wid, wseq, hash } of heads) store.settle(wid, { wseq, hash, isNamed: true });
}

/** Writes the first entries of a writer; resolves when they are durable. */
export async function startChain(store: LedgerStore, { chain }: Session, rules: LedgerRules): Promise<void> {
  const heads = unnamedHeads(store, chain.wid);
  // A genesis that is refused throws here and now, so that nothing comes in its place.
  await Promise.all(firstEntries(store, heads, rules).map((body) => chain.append({ body, as: 'plain' }).done));
  settleNamed(store, heads);
}

/** The same, and the loop waits. Throws. */
export function startChainSync(store: LedgerStore, { chain }: Session, rules: LedgerRules): void {
  const heads = unnamedHeads(store, chain.wid);
  for (const body of firstEntries(store, heads, rules)) chain.appendSync({ body, as: 'plain' });
  settleNamed(store, heads);
}
