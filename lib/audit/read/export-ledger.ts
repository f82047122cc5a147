import type { Entry } from '../entry.js';
import type { EntryHead, EntryPayload } from '../entry-fields.js';
import { ChainScan, type ScannedEntry } from './chain-scan.js';
import { countChains } from './count-chains.js';
import { PayloadReader } from './explained-payload.js';
import { openChain } from './read-chains.js';
import { type OpenedLedger, chainOf, compareChains, openKnownLedger } from './read-ledger.js';
import { ProblemList, type VerifyReport } from './verify-report.js';

/** Options of `exportLedger`. */
export interface ExportOptions {
  /** One JSON object a line. */
  readonly format: 'jsonl';
  /** Also what calls sent and got, as far as it is there. Default false. */
  readonly payloads?: boolean | undefined;
  /** Folder of the ledger's keys. Default `<directory>.keys`. */
  readonly keys?: string | undefined;
}

/** The last line of an export. */
export interface ExportManifest extends Pick<VerifyReport, 'exitCode' | 'status' | 'firstBroken' | 'notAnchored'> {
  readonly format: 'spanwright-export/1';
  readonly lid: string;
  readonly inc: string;
  /** SHA-256 of `ledger.json`, hexadecimal. */
  readonly ledger: string;
  readonly writers: number;
  /** Lines before it that are entries. */
  readonly entries: number;
  readonly calls: number;
  /** Last entry of each writer, as far as its chain holds. */
  readonly heads: readonly EntryHead[];
}

/**
 * Gives the entries of a ledger as lines without their ends, by writer (oldest first) and number: `{"hash":…,"entry":…}`, where the
 * text of the entry is as it is stored. With `payloads` a line `{"payload":{"of":…,"state":…,…}}` follows each entry that names
 * one. Chains are checked on the way, and end where they break; the last line, `{"manifest":…}`, says how that came out. Throws
 * `AUDIT_LEDGER_UNREADABLE` where there is none.
 */
export async function* exportLedger(
  directory: string,
  options: ExportOptions,
): AsyncGenerator<string, void, undefined> {
  const ledger = await openKnownLedger(directory);
  const payloads = options.payloads === true ? new PayloadReader(directory, options.keys) : undefined;
  const scans = new Map<string, ChainScan>();
  let lines = 0;
  for (const wid of ledger.segments.keys()) {
    const scan = new ChainScan(openChain(chainOf(ledger, wid)), ledger.identity);
    scans.set(wid, scan);
    for (const found of scan.run()) {
      lines++;
      yield toLine(found);
      const digest = payloads && payloadOf(found.entry);
      if (payloads && digest?.ref !== undefined) yield toPayloadLine(found, payloads.explain(digest));
    }
  }
  const manifest: ExportManifest = { ...toManifest(ledger, scans), entries: lines };
  yield JSON.stringify({ manifest });
}

function toLine({ bytes, hash }: ScannedEntry): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
  // Inside of strings JSON allows none; what is canonical holds none at all.
  return `{"hash":"${hash}","entry":${text.replaceAll(/[\r\n]/g, ' ')}}`;
}

function toPayloadLine({ place }: ScannedEntry, payload: ReturnType<PayloadReader['explain']>): string {
  const { digest, ...rest } = payload;
  return JSON.stringify({ payload: { of: { wid: place.wid, wseq: place.wseq }, ref: digest.ref, ...rest } });
}

function payloadOf(entry: Entry): EntryPayload | undefined {
  if (entry.kind === 'intent') return entry.req;
  return entry.kind === 'outcome' ? entry.res : undefined;
}

function toManifest(ledger: OpenedLedger, scans: ReadonlyMap<string, ChainScan>): Omit<ExportManifest, 'entries'> {
  const problems = new ProblemList();
  const counts = countChains(ledger, compareChains(ledger, scans, problems), problems);
  const { exitCode, status, firstBroken, notAnchored } = problems.toReport(counts, false);
  const { lid, inc, hash } = ledger.identity;
  const heads = [...scans.values()].flatMap(({ wid, hashes }) => {
    const wseq = hashes.length - 1;
    const head = hashes.at(wseq);
    return head === undefined ? [] : [{ wid, wseq, hash: head }];
  });
  const { writers, calls } = counts;
  const verdict = { exitCode, status, ...(firstBroken && { firstBroken }), notAnchored };
  return { format: 'spanwright-export/1', lid, inc, ledger: hash, writers, calls, heads, ...verdict };
}
