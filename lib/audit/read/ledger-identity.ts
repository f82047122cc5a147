import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SpanwrightError } from '../../core/errors.js';
import type { LedgerIdentity } from './chain-scan.js';

const FORMAT = 'spanwright-ledger/1';

/** What `ledger.json` says; `isKnown` is false where it is of another format, or none. */
export interface ReadIdentity extends LedgerIdentity {
  readonly isKnown: boolean;
}

/** Reads `ledger.json`. Throws `AUDIT_LEDGER_UNREADABLE` where it cannot be read; what it says may be anything. */
export function readIdentity(directory: string): ReadIdentity {
  const path = join(directory, 'ledger.json');
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new SpanwrightError('AUDIT_LEDGER_UNREADABLE', `no ledger is read: ${path} is not there or not readable`, {
      cause,
    });
  }
  const hash = createHash('sha256').update(bytes).digest('hex');
  const { format, lid, inc } = parse(bytes);
  const isKnown = format === FORMAT && typeof lid === 'string' && typeof inc === 'string';
  return { hash, isKnown, lid: isKnown ? lid : '', inc: isKnown ? inc : '' };
}

function parse(bytes: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = isUtf8(bytes) ? JSON.parse(bytes.toString()) : undefined;
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
