import { isUlid } from '../ulid.js';

/** What an entry is found by. */
export interface IndexedKeys {
  readonly wid: string;
  readonly wseq: number;
  readonly call?: string | undefined;
  /** Of an intent alone. */
  readonly parent?: string | undefined;
  readonly run?: string | undefined;
  readonly trace?: string | undefined;
}

const TRACE = /^[0-9a-f]{2}-([0-9a-f]{32})-/;

function tryParse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Reads what an entry is found by; undefined for bytes that are no entry. The bytes may be anybody's. */
export function readKeys(bytes: Buffer): IndexedKeys | undefined {
  const entry = tryParse(bytes);
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { wid, wseq, kind, call, run } = entry as Record<string, unknown>;
  if (typeof wid !== 'string' || !isUlid(wid) || typeof wseq !== 'number' || !Number.isSafeInteger(wseq))
    return undefined;
  const facts = (typeof call === 'object' && call !== null ? call : {}) as Record<string, unknown>;
  return {
    wid,
    wseq,
    call: textOf(facts['id']),
    parent: kind === 'intent' ? textOf(facts['parent']) : undefined,
    run: textOf(facts['run']) ?? textOf(run),
    trace: TRACE.exec(textOf(facts['traceparent']) ?? '')?.[1],
  };
}
