import { SpanwrightError } from '../core/errors.js';
import { canonicalText } from './canonical.js';
import {
  actorPart,
  callPart,
  errorPart,
  externalPart,
  headPart,
  hostPart,
  inside,
  intentPart,
  num,
  operationPart,
  payloadPart,
  pointersPart,
  policyPart,
  secretsPart,
  usagePart,
} from './entry-parts.js';
import {
  ENTRY_VERSION,
  MAX_ENTRY_BYTES,
  type CloseEntry,
  type DeniedEntry,
  type EntryBase,
  type EntryKind,
  type GenesisEntry,
  type IntentEntry,
  type NoteEntry,
  type OtherEntry,
  type OutcomeEntry,
  type PolicyEntry,
  type RecoveredEntry,
  type RunEntry,
} from './entry.js';

/** What all entries of a writer say. */
export type EntryIds = Pick<EntryBase, 'lid' | 'inc' | 'wid'>;

/** Where an entry stands in the chain, and when. Made by the writer, so it is written as it is. */
export type EntryStamp = Pick<EntryBase, 'wseq' | 'prev' | 't' | 'mono'>;

/** What an entry says besides. */
export type EntryBody<E extends EntryBase> = Omit<E, keyof EntryBase | 'kind'>;

type WriteKind<E extends EntryBase> = (stamp: EntryStamp, body: EntryBody<E>) => string;

/**
 * Writes entries as canonical JSON, one function a kind. Each throws `AUDIT_ENTRY_INVALID` where the entry is longer
 * than `MAX_ENTRY_BYTES` or something in it has no canonical form.
 */
export interface EntryWriter {
  readonly genesis: WriteKind<GenesisEntry>;
  readonly policy: WriteKind<PolicyEntry>;
  readonly intent: WriteKind<IntentEntry>;
  readonly outcome: WriteKind<OutcomeEntry>;
  readonly denied: WriteKind<DeniedEntry>;
  readonly recovered: WriteKind<RecoveredEntry>;
  readonly note: WriteKind<NoteEntry>;
  readonly run: WriteKind<RunEntry>;
  readonly close: WriteKind<CloseEntry>;
}

type WrittenKind = Exclude<EntryKind, OtherEntry['kind']>;

// Whoever checks a whole entry counts the object around the data and its keys as well.
const DATA_LIMITS = { maxDepth: 63, maxKeys: 4085, maxChars: MAX_ENTRY_BYTES };

const MAX_UTF8_PER_CHAR = 3;

function bounded(text: string): string {
  if (text.length * MAX_UTF8_PER_CHAR <= MAX_ENTRY_BYTES) return text;
  const bytes = Buffer.byteLength(text);
  if (bytes <= MAX_ENTRY_BYTES) return text;
  throw new SpanwrightError(
    'AUDIT_ENTRY_INVALID',
    `an entry is too long: got ${bytes} bytes, expected at most ${MAX_ENTRY_BYTES}`,
  );
}

const dataText = (data: unknown): string => canonicalText(data, DATA_LIMITS);

/** Makes the functions that write the entries of one writer. */
export function createEntryWriter({ lid, inc, wid }: EntryIds): EntryWriter {
  const incPart = `"inc":"${inside(inc)}"`;
  const idPart = `"lid":"${inside(lid)}","mono":"`;
  const last = `,"v":"${ENTRY_VERSION}","wid":"${inside(wid)}","wseq":`;
  const middle = (kind: WrittenKind): string => `${incPart},"kind":"${kind}",${idPart}`;
  const genesisPart = `${incPart},"kind":"genesis","ledger":`;
  const [policy, intent, denied, recovered] = [
    middle('policy'),
    middle('intent'),
    middle('denied'),
    middle('recovered'),
  ];
  const [note, run, close] = [middle('note'), middle('run'), middle('close')];
  const outcome = `"kind":"outcome",${idPart}`;
  const end = ({ t, wseq }: EntryStamp): string => `,"t":"${t}"${last}${num(wseq)}}`;

  return {
    genesis: (stamp, { heads, host, ledger }) =>
      bounded(
        `{"heads":[${heads.map(headPart).join(',')}],"host":${hostPart(host)},${genesisPart}"${inside(ledger)}",${idPart}` +
          `${stamp.mono}","prev":"${stamp.prev}"${end(stamp)}`,
      ),
    policy: (stamp, { data, hash }) =>
      bounded(
        `{"data":${dataText(data)},"hash":"${inside(hash)}",${policy}${stamp.mono}","prev":"${stamp.prev}"${end(stamp)}`,
      ),
    intent: (stamp, body) => {
      const { actor, red, req, sec } = body;
      let text = actor === undefined ? '{"call":' : `{"actor":${actorPart(actor)},"call":`;
      text += `${callPart(body.call)},"ext":${externalPart(body.ext)},${intent}${stamp.mono}","op":`;
      text += `${operationPart(body.op)},"pol":${policyPart(body.pol)},"prev":"${stamp.prev}"`;
      if (red !== undefined) text += `,"red":${pointersPart(red)}`;
      if (req !== undefined) text += `,"req":${payloadPart(req)}`;
      if (sec !== undefined) text += `,"sec":${secretsPart(sec)}`;
      return bounded(text + end(stamp));
    },
    outcome: (stamp, body) => {
      const { durUs, err, ext, red, res, sec, usage } = body;
      let text = `{"call":${callPart(body.call)}`;
      if (durUs !== undefined) text += `,"durUs":${num(durUs)}`;
      if (err !== undefined) text += `,"err":${errorPart(err)}`;
      if (ext !== undefined) text += `,"ext":${externalPart(ext)}`;
      text += `,${incPart},"intent":${intentPart(body.intent)},${outcome}${stamp.mono}","prev":"${stamp.prev}"`;
      if (red !== undefined) text += `,"red":${pointersPart(red)}`;
      if (res !== undefined) text += `,"res":${payloadPart(res)}`;
      if (sec !== undefined) text += `,"sec":${secretsPart(sec)}`;
      text += `,"status":"${inside(body.status)}","t":"${stamp.t}"`;
      if (usage !== undefined) text += `,"usage":${usagePart(usage)}`;
      return bounded(`${text}${last}${num(stamp.wseq)}}`);
    },
    denied: (stamp, { call, code, count, intent: of, op }) => {
      let text = call === undefined ? '{"code":' : `{"call":${callPart(call)},"code":`;
      text += `"${inside(code)}"`;
      if (count !== undefined) text += `,"count":${num(count)}`;
      text += of === undefined ? `,${denied}` : `,${incPart},"intent":${intentPart(of)},"kind":"denied",${idPart}`;
      text += `${stamp.mono}"`;
      if (op !== undefined) text += `,"op":${operationPart(op)}`;
      return bounded(`${text},"prev":"${stamp.prev}"${end(stamp)}`);
    },
    recovered: (stamp, { dangling, droppedBytes, of }) =>
      bounded(
        `{"dangling":${num(dangling)},"droppedBytes":${num(droppedBytes)},${recovered}${stamp.mono}","of":${headPart(of)}` +
          `,"prev":"${stamp.prev}"${end(stamp)}`,
      ),
    note: (stamp, { data }) =>
      bounded(`{"data":${dataText(data)},${note}${stamp.mono}","prev":"${stamp.prev}"${end(stamp)}`),
    run: (stamp, body) => {
      const data = body.data === undefined ? '' : `"data":${dataText(body.data)},`;
      return bounded(`{${data}${run}${stamp.mono}","prev":"${stamp.prev}","run":"${inside(body.run)}"${end(stamp)}`);
    },
    close: (stamp, { dangling }) =>
      bounded(`{"dangling":${num(dangling)},${close}${stamp.mono}","prev":"${stamp.prev}"${end(stamp)}`),
  };
}
