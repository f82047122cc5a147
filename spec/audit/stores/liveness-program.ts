// Opens a writer of the ledger that the first argument names, says who it is and waits. `crash` ends it without closing.
import { openSegmentStore } from '#lib/audit/stores/segment-store.js';

const [, , directory = '', how] = process.argv;
const store = openSegmentStore({ directory, minFreeBytes: 0 });
const writer = store.openWriter();
writer.appendSync({ entry: Buffer.from('{}'), as: 'plain' });
if (how === 'claim') await store.claim('01HZZZZZZZZZZZZZZZZZZZZZZZ', writer.wid);
console.log(writer.wid);
process.stdin.resume();
