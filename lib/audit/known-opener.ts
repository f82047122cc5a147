import type { Opener } from './opener.js';
import { opener } from './opener.js';

/** What opens ledgers; in the bundle that Node imports, `opener-on-demand` stands in for this file. */
export function ledgerOpener(): Opener {
  return opener;
}
