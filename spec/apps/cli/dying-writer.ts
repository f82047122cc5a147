// Begins a call in a ledger, says so, and waits for its end: for specs that kill it.
import { openLedger } from '#lib/audit/open-ledger.js';

const [directory = ''] = process.argv.slice(2);
const ledger = await openLedger({ directory });
await ledger.begin({ id: 'left', run: 'run-7', op: { method: 'left' }, system: 'http' });
process.stdout.write('begun\n');
setInterval(() => undefined, 1_000);
