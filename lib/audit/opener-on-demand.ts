import { SpanwrightError } from '../core/errors.js';
import { loadBeside } from '../core/on-demand.js';
import type { Opener } from './opener.js';

/** What opens ledgers, loaded when a configuration names one. Throws `AUDIT_PARTS_MISSING`. */
export function ledgerOpener(): Opener {
  try {
    return (loadBeside('audit.cjs') as { opener: Opener }).opener;
  } catch (cause) {
    throw new SpanwrightError(
      'AUDIT_PARTS_MISSING',
      'no ledger can be opened: got no dist/bundle/audit.cjs, expected it beside the bundle',
      { cause },
    );
  }
}
