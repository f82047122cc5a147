import { LedgerBuilder } from './ledger-builder.js';
import type { Added, WriterBuilder } from './writer-builder.js';

/** Adds calls of a writer, some of them at the same time, until it has `count` entries. */
function fill(writer: WriterBuilder, count: number, payload?: (id: string) => Record<string, unknown>): void {
  const open: Added[] = [];
  for (let index = 0; writer.head.wseq + 1 + open.length < count; index++) {
    const id = `${writer.wid.slice(-2)}-${index}`;
    open.push(writer.intent(id, payload?.(id) ?? {}));
    while (open.length > index % 3) {
      const [intent] = open.splice(index % 2 === 0 ? 0 : -1, 1);
      if (intent !== undefined) writer.outcome(intent, index % 5 === 0 ? 'error' : 'ok', { durUs: 7 });
    }
  }
  for (const intent of open) writer.outcome(intent);
  while (writer.head.wseq + 1 < count) writer.note(writer.head.wseq);
}

/**
 * A ledger of 200 entries that is intact: the first writer has two segments and payloads, the second was never closed and was
 * recovered by the third, the fourth names the third.
 */
export function buildSample(): LedgerBuilder {
  const ledger = new LedgerBuilder();
  const first = ledger.writer();
  const req = (id: string) => ({
    req: {
      alg: 'hmac-sha256',
      bytes: 3,
      eq: 'e',
      hk: 'raw',
      media: 'text/plain',
      ref: ledger.payload(Buffer.from(id)),
    },
  });
  fill(first, 20, req);
  first.nextSegment();
  fill(first, 78);
  first.close();
  const second = ledger.writer();
  fill(second, 50);
  const third = ledger.writer([first.head, second.head]);
  third.recovered(second.head);
  third.add({ kind: 'run', run: 'r' });
  third.add({ kind: 'seal', later: true });
  fill(third, 39);
  third.close();
  const fourth = ledger.writer([third.head]);
  fill(fourth, 28);
  fourth.denied(fourth.intent('late'));
  fourth.close();
  return ledger;
}
