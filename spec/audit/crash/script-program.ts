import { openLedger } from '#lib/audit/open-ledger.js';
import { say } from './call-log.js';
import { fixNames } from './fixed-names.js';

// Twenty calls, four at a time, and a note after each four: the same calls to the system in every run.
const ROUNDS = 5;
const TOGETHER = 4;
const { directory } = JSON.parse(process.argv[2] ?? '{}') as { directory: string };

fixNames();

const codeOf = (error: unknown): string => (error as { code?: string }).code ?? String(error);
const refuse = (error: unknown): void => say('refused', codeOf(error));

try {
  const ledger = await openLedger({ directory });
  say('ready');
  const call = async (n: number): Promise<void> => {
    const request = { value: { text: `question ${n}`.padEnd(300, '.') } };
    // Each payload becomes a file, with eight calls to the system.
    const level = n % TOGETHER === 0 ? 'requestResponse' : 'metadata';
    const recorded = await ledger.begin({ op: { method: 'ask' }, system: 'llm', level, request });
    say('made', recorded.id);
    await recorded.end({ status: 'ok', response: { value: { text: `answer ${n}`.padEnd(300, '.') } } });
    say('ended', recorded.id, 0);
  };
  for (let round = 0; round < ROUNDS; round++) {
    await Promise.all(Array.from({ length: TOGETHER }, (_, n) => call(round * TOGETHER + n).catch(refuse)));
    await ledger
      .append({ kind: 'note', data: { round } })
      .then(({ wid, wseq, hash }) => say('note', wid, wseq, hash))
      .catch(refuse);
  }
  await ledger.close();
  say('closed');
} catch (error) {
  refuse(error);
}
