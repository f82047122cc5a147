/**
 * What survivors of `npm run mutants:audit` were judged to be: by the file, a piece of the code and, where it matters, by what
 * stands there instead.
 */
const BOUND = 'a bound of memory: what is answered is the same';
const SHORTCUT = 'a shortcut: the longer way comes to the same';
const FAIRNESS = 'lets the program run in between: what is read is the same';

export const judgements = [
  { file: 'call-facts.ts', code: 'known.clear()', judged: BOUND },
  { file: 'call-facts.ts', code: 'known.set(host, digits)', judged: SHORTCUT },
  { file: 'call-facts.ts', code: 'known.size >= MAX_REMEMBERED', judged: BOUND },
  { file: 'clean.ts', code: 'this.#fingerprints', judged: BOUND },
  { file: 'clean.ts', code: 'this.#clean.', judged: SHORTCUT },
  { file: 'clean.ts', code: 'shown === text && text.length <= MAX_FACT_CHARS', judged: SHORTCUT },
  { file: 'clean.ts', code: 'cleaned === value', judged: SHORTCUT },
  {
    file: 'compare.ts',
    code: "typeof shown !== 'string'",
    judged: 'the gate puts texts in the place of secrets and nothing else',
  },
  { file: 'compare.ts', code: 'pointers.length >= MAX_POINTERS', judged: 'whoever notes has asked the same before' },
  { file: 'entry-parts.ts', code: 'isSafe(text)', judged: SHORTCUT },
  { file: 'entry-text.ts', code: 'text.length * MAX_UTF8_PER_CHAR <= MAX_ENTRY_BYTES', judged: SHORTCUT },
  { file: 'json-text.ts', code: 'isSafe(text)', judged: SHORTCUT },
  { file: 'json-text.ts', code: 'keys.length > FEW_KEYS', judged: SHORTCUT },
  { file: 'joined-items.ts', code: 'parts.length < MIN_PARTS', judged: SHORTCUT },
  {
    file: 'journal-call.ts',
    code: 'this.#ended !== undefined',
    judged: 'of `chunk`: the stream was finished when the call ended, and what is added later is in no entry',
  },
  {
    file: 'journal-ledger.ts',
    code: 'this.#isClosed',
    judged: 'the session writes its last entry once, and its writer is closed once: closing again finds nothing to do',
  },
  {
    file: 'key-folder.ts',
    code: '!isMissing(error)',
    judged: 'the folder is made or is there, and then checked again: the same refusal comes a line later',
  },
  {
    file: 'key-folder.ts',
    code: "checkPrivate(path, 'folder')",
    judged: 'after the folder was made: only another process between the two lines could have made another',
  },
  { file: 'key-folder.ts', code: "process.platform === 'win32'", judged: 'another platform' },
  {
    file: 'key-folder.ts',
    code: "error.code !== 'EEXIST'",
    judged: 'another process between two lines; any other error is met again by the check that follows',
  },
  {
    file: 'keys.ts',
    code: "error.code !== 'EEXIST'",
    judged: 'any other error leaves no key, which the next lines refuse',
  },
  { file: 'keys.ts', code: 'key === undefined', judged: 'somebody would have to take the key away between two lines' },
  { file: 'outgoing.ts', code: "countGuarded('ENGINE', error)", judged: 'a Node whose channels say something else' },
  { file: 'payload-slots.ts', code: 'this.#isClosed', judged: 'closing again cuts the same file at the same place' },
  { file: 'plain.ts', code: 'cleaned.value === source', judged: SHORTCUT },
  { file: 'plain.ts', code: 'value === text', judged: SHORTCUT },
  { file: 'read-writer.ts', code: 'ENTRIES_PER_TURN', judged: FAIRNESS },
  { file: 'read-writer.ts', code: 'nextTurn()', judged: FAIRNESS },
  { file: 'read/check-entry.ts', code: 'Buffer.isBuffer(bytes)', judged: SHORTCUT },
  { file: 'read/read-chains.ts', code: 'ENTRIES_PER_TURN', judged: FAIRNESS },
  { file: 'read/read-chains.ts', code: 'nextTurn()', judged: FAIRNESS },
  {
    file: 'read/tail.ts',
    code: 'await wait(POLL_MS',
    judged: 'looks at once instead of after a moment: what is given is the same',
  },
  { file: 'read/verify-report.ts', code: 'this.#kept.length > MAX_PROBLEMS * 10', judged: BOUND },
  {
    file: 'refusals.ts',
    code: 'this.stop()',
    judged: 'of `flush`: the timer finds nothing to write and is not set again',
  },
  {
    file: 'session.ts',
    code: 'this.writer.poison !== undefined',
    judged: 'of `doom` or `settleLate`: the first poison stays, and a writer that is poisoned takes no entry',
  },
  {
    file: 'sessions.ts',
    code: 'next.doom(',
    judged: 'a writer that nobody has any more refuses what nobody asks of it',
  },
  { file: 'slots.ts', code: 'step.done === true', judged: 'items beyond the size are not written' },
  { file: 'slots.ts', code: 'reads === undefined', judged: 'the two kinds of views are all there are' },
  {
    file: 'slots.ts',
    code: '!prototypesOf(value).includes(URL.prototype)',
    judged: 'the getter of a URL throws for anything else, which is told as well',
  },
  { file: 'tagged-leaf.ts', code: 'quoted !== undefined', judged: SHORTCUT },
  { file: 'tagged-members.ts', code: 'own === undefined', judged: 'whoever asks has looked that the member is there' },
  { file: 'tagged-members.ts', code: 'symbols.length === 0', judged: SHORTCUT },
  { file: 'tagged-members.ts', code: 'keys.length === length &&', judged: SHORTCUT },
];
