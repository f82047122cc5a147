import { isSpanwrightError } from '../core/errors.js';
import type { ChainBody, Link } from './chain.js';
import type { RecoveryReport } from './ledger.js';
import type { FormerWriter } from './read-writer.js';
import { readEarlierRecovery, readFormerWriter } from './read-writer.js';
import type { LateIntent, Session } from './session.js';
import type { LedgerStore } from './stores/store.js';

// So many wait for one sync; the queue of the writer is for calls.
const SLICE = 256;

/** A writer of this process whose session is over. */
export interface OwnFormer {
  readonly wid: string;
  /** Intents that were refused, so that their calls were not made. */
  readonly refused: readonly LateIntent[];
}

/** What recovering found, with the intents of `OwnFormer.refused` that turned out to be there. */
export interface OwnRecoveryReport extends RecoveryReport {
  readonly notMade: number;
  /** Why a writer could not be recovered; the others were. */
  readonly problem?: unknown;
}

type Found = Omit<OwnRecoveryReport, 'writers' | 'problem'>;

async function isGone(store: LedgerStore, wid: string, own: readonly OwnFormer[]): Promise<boolean> {
  return own.some((former) => former.wid === wid) || (await store.liveness(wid)) === 'dead';
}

// Of those who began before and are gone themselves; undefined where another process does it.
async function takeClaim(store: LedgerStore, session: Session, wid: string): Promise<readonly string[] | undefined> {
  const known = session.claimed.get(wid);
  // It was ours before, and did not come to its end.
  if (known !== undefined) return [...known, session.chain.wid];
  const { granted, former } = await store.claim(wid, session.chain.wid);
  if (!granted) return undefined;
  session.claimed.set(wid, former);
  return former;
}

function bodiesFor(former: FormerWriter, refused: readonly LateIntent[], isNamed: boolean): ChainBody[] {
  const { head, tail, dangling } = former;
  const notMade = new Set(refused.map(({ intent }) => intent.wseq));
  const unknown = [...dangling.values()].map(({ call, intent }): ChainBody =>
    notMade.has(intent.wseq)
      ? { kind: 'denied', code: 'AUDIT_INTENT_NOT_DURABLE', call, intent }
      : { kind: 'outcome', call, intent, status: 'unknown' },
  );
  if (isNamed) return unknown;
  const { wid, wseq, hash } = head;
  const recovered: ChainBody = {
    kind: 'recovered',
    of: { wid, wseq, hash },
    droppedBytes: tail.droppedBytes,
    dangling: unknown.filter(({ kind }) => kind === 'outcome').length,
  };
  return [recovered, ...unknown];
}

async function write(session: Session, bodies: readonly ChainBody[]): Promise<void> {
  let waiting: Promise<void>[] = [];
  for (const body of bodies) {
    const link = { body, as: 'plain' } as const;
    const done = waiting.length === SLICE ? undefined : tryAppend(session, link, waiting.length > 0);
    if (done !== undefined) {
      waiting.push(done);
      continue;
    }
    // One after the other, so that calls of the program come in between.
    // oxlint-disable-next-line no-await-in-loop
    await Promise.all(waiting);
    waiting = [session.chain.append(link).done];
  }
  await Promise.all(waiting);
}

// Gives nothing where there is no room beside what waits already.
function tryAppend(session: Session, link: Link, canWait: boolean): Promise<void> | undefined {
  try {
    return session.chain.append(link).done;
  } catch (error) {
    if (canWait && isSpanwrightError(error) && error.code === 'AUDIT_QUEUE_FULL') return undefined;
    throw error;
  }
}

async function recoverWriter(
  store: LedgerStore,
  session: Session,
  wid: string,
  refused: readonly LateIntent[],
): Promise<Found | undefined> {
  const formerClaims = await takeClaim(store, session, wid);
  if (formerClaims === undefined) return undefined;
  const earlier = await Promise.all(formerClaims.map((by) => readEarlierRecovery(store, by, wid)));
  const { dangling: all, ...former } = await readFormerWriter(store, wid);
  // What was settled before is not settled again.
  const dangling = new Map([...all].filter(([wseq]) => !earlier.some(({ settled }) => settled.has(wseq))));
  const isNamed = earlier.some((recovery) => recovery.isNamed);
  const { wseq, hash } = former.head;
  const isDone = former.isClosed && all.size === 0 && former.tail.state === 'clean';
  if (isDone) {
    // It closed, and its hint was lost.
    store.settle(wid, { wseq, hash, isNamed: false });
    return undefined;
  }
  const bodies = bodiesFor({ ...former, dangling }, refused, isNamed);
  await write(session, bodies);
  store.settle(wid, { wseq, hash, isNamed: true });
  const countOf = (kind: ChainBody['kind']): number => bodies.filter((body) => body.kind === kind).length;
  return { unknown: countOf('outcome'), notMade: countOf('denied'), droppedBytes: former.tail.droppedBytes };
}

/**
 * Gives every intent of writers that are gone its outcome, where nobody else does. Whoever dies on the way is followed by
 * another, who writes what is missing.
 */
export async function recoverWriters(
  store: LedgerStore,
  session: Session,
  own: readonly OwnFormer[] = [],
): Promise<OwnRecoveryReport> {
  const report = { writers: 0, unknown: 0, droppedBytes: 0, notMade: 0 };
  let problem: unknown;
  const settled = store.settled();
  for (const wid of store.writers()) {
    // Clocks go back: which writer came first says nothing.
    if (wid === session.chain.wid || settled.has(wid)) continue;
    /* oxlint-disable no-await-in-loop */
    if (!(await isGone(store, wid, own))) continue;
    const refused = own.find((former) => former.wid === wid)?.refused ?? [];
    const found = await recoverWriter(store, session, wid, refused).catch((error: unknown) => {
      if (session.fault !== undefined) throw error;
      // What cannot be read is for `verify` to tell; it must not keep calls from being recorded.
      problem ??= error;
    });
    /* oxlint-enable no-await-in-loop */
    if (found === undefined) continue;
    report.writers++;
    report.unknown += found.unknown;
    report.droppedBytes += found.droppedBytes;
    report.notMade += found.notMade;
  }
  return problem === undefined ? report : { ...report, problem };
}
