const SPEED = 'equivalent: a short cut; the way around it gives the same';
const BOUND = 'accepted: only bounds work or memory, by one more or less';
const ONE_CHARACTER = 'accepted: one character at the bound of what is cut either way';
const DEFAULT = 'equivalent: what the language takes where nothing is said';

/**
 * What survivors of `npm run mutants:privacy` were judged to be: by a piece of their line and, where a line has mutants of
 * several kinds, by what stands there instead.
 */
export const judgements = [
  { file: 'canonical.ts', line: "Buffer.from(canonicalJson(value, limits), 'utf8')", judged: DEFAULT },
  { file: 'cut-value.ts', line: 'if (known !== undefined) return known;', judged: SPEED },
  {
    file: 'cut-value.ts',
    line: 'taken < items.length && left > 0',
    instead: 'taken < items.length || left > 0',
    judged: 'open: told only by a list of which every item has room once one was cut by far too much',
  },
  {
    file: 'cut-value.ts',
    line: 'taken < items.length && left > 0',
    judged: 'equivalent: nothing has room where none is left',
  },
  { file: 'cut-value.ts', line: 'if (cost >= left && left <=', judged: ONE_CHARACTER },
  { file: 'cut-value.ts', line: 'const isWhole = least <= left;', judged: ONE_CHARACTER },
  {
    file: 'cut-value.ts',
    line: 'if (!isWhole) left -=',
    judged: 'accepted: a cut object is some characters shorter than it could be',
  },
  { file: 'detect.ts', line: 'const isEmpty = (text: string)', judged: SPEED },
  { file: 'detect.ts', line: 'if (isEmpty(text)) return', judged: SPEED },
  { file: 'detect.ts', line: '(rules.packs ?? [])', judged: 'equivalent: a pack of no such name is left out' },
  { file: 'detectors/assigned-value.ts', line: 'while (at < from + 8 && isSpace', judged: BOUND },
  {
    file: 'detectors/assigned-value.ts',
    line: 'while (end > start && TRAILING',
    judged: 'equivalent: a value that ends before it begins is none to the caller either',
  },
  {
    file: 'detectors/assigned-value.ts',
    line: "return end === start || first === '{'",
    instead: 'false',
    judged: 'equivalent: an empty value is none to the caller either',
  },
  {
    file: 'detectors/assigned-value.ts',
    line: 'isQuoted: true };',
    judged: 'equivalent: behind a quote no prose goes on',
  },
  { file: 'detectors/base64.ts', line: 'if (continuations < 0) return false;', judged: 'equivalent: it is never 0' },
  {
    file: 'detectors/cards.ts',
    line: 'evenDoubled +=',
    judged: 'equivalent: the negative of a multiple of ten is one',
  },
  {
    file: 'detectors/escapes.ts',
    line: 'code < 58 ? code - 48',
    judged: 'equivalent: a colon is no hexadecimal digit',
  },
  { file: 'detectors/escapes.ts', line: 'if (percent >= 0 && percent < next)', judged: SPEED },
  { file: 'detectors/escapes.ts', line: 'if (backslash >= 0 && backslash < next)', judged: SPEED },
  { file: 'detectors/pairs.ts', line: 'if (before !== 34 && before !== 39) continue;', judged: SPEED },
  {
    file: 'detectors/token-runs.ts',
    line: 'text.charCodeAt(start - 1) !== SPACE',
    judged: 'accepted: more is taken for credentials, never less',
  },
  {
    file: 'detectors/token-runs.ts',
    line: 'if (width < LEAST_WIDTH || width > MOST_WIDTH)',
    judged: 'accepted: lines of more widths are read as one, never less',
  },
  { file: 'detectors/token-runs.ts', line: 'if (from !== start || at !== end) addEncoded', judged: SPEED },
  { file: 'detectors/token-runs.ts', line: 'const mayStart =', judged: SPEED },
  { file: 'detectors/token-runs.ts', line: 'while (at >= from && IN_RUN', judged: SPEED },
  { file: 'detectors/urls.ts', line: 'const read = end - start < MAX_CHARS', judged: BOUND },
  { file: 'detectors/windows.ts', line: 'left > 0; left--', judged: SPEED },
  { file: 'detectors/windows.ts', line: 'if (at < 0 || at >= text.length ||', judged: SPEED },
  { file: 'fingerprint.ts', line: 'if (digits === undefined) {', judged: SPEED },
  { file: 'fingerprint.ts', line: 'if (known.size >= MAX_REMEMBERED) known.clear();', judged: BOUND },
  {
    file: 'gate-budget.ts',
    line: 'if (this.#isSpent) return false;',
    judged: 'equivalent: once spent it stays so further down',
  },
  { file: 'gate-budget.ts', line: 'ntilLook <= 0) this.#look();', judged: BOUND },
  { file: 'gate-leaf.ts', line: 'if (isShort && clean.has(value)) return value;', judged: SPEED },
  { file: 'gate-leaf.ts', line: 'if (clean.size >= MAX_REMEMBERED) clean.clear();', judged: BOUND },
  { file: 'key-verdicts.ts', line: 'const isOrdinary =', instead: 'false', judged: SPEED },
  { file: 'key-verdicts.ts', line: 'if (known.size >= MAX_REMEMBERED) known.clear();', judged: BOUND },
  { file: 'key-verdicts.ts', line: 'if (key.length <= MAX_REMEMBERED_CHARS)', judged: BOUND },
  { file: 'parts-on-demand.ts', line: 'if (loaded !== undefined) return loaded;', judged: SPEED },
  {
    file: 'parts-on-demand.ts',
    line: "'",
    judged: 'accepted: seen only where a file of the package is missing, which no spec brings about',
  },
  { file: 'quoted.ts', line: 'if (escaped !== part) shown = hideOne', judged: SPEED },
  { file: 'redact-long-text.ts', line: 'before > at - BOUNDARY_CHARS', judged: ONE_CHARACTER },
  { file: 'redact-long-text.ts', line: 'const seen = to + AHEAD_CHARS - from;', judged: SPEED },
  { file: 'redact-long-text.ts', line: 'const goesOn = found.some', judged: SPEED },
  { file: 'redact-long-text.ts', line: 'if (at >= to) continue;', judged: 'equivalent: what is added then is empty' },
  {
    file: 'detectors/base64.ts',
    line: 'at < bytes.length; at++',
    judged: 'equivalent: behind the last byte there is none to change',
  },
  {
    file: 'detectors/cards.ts',
    line: 'return second === 3 ? size === 3',
    judged: 'equivalent: behind 6-13 digits none are left',
  },
  {
    file: 'detectors/cards.ts',
    line: 'let [first, second]',
    judged: 'equivalent: both are set before they are compared',
  },
  {
    file: 'detectors/characters.ts',
    line: 'while (at < last && isOf',
    judged: 'accepted: a token is hidden to its end, beyond its bound',
  },
  { file: 'detectors/emails.ts', line: 'while (start >= least && text.charCodeAt(start) !== QUOTE', judged: BOUND },
  {
    file: 'detectors/emails.ts',
    line: 'while (end < most && isDomain',
    judged: 'accepted: an address is hidden to its end, beyond its bound',
  },
  {
    file: 'detectors/escapes.ts',
    line: 'return letter + 1 + digits;',
    judged: 'equivalent: no backslash stands among the digits',
  },
  {
    file: 'detectors/merge-findings.ts',
    line: '.filter(({ start, end }) => start < end)',
    judged: 'accepted: an empty finding shows nothing',
  },
  {
    file: 'detectors/pairs.ts',
    line: 'return value === undefined || value.start >= value.end',
    judged: 'equivalent: an empty finding is left out when findings are merged',
  },
  { file: 'detectors/phones.ts', line: 'return end !== undefined && /', judged: 'equivalent: no end stays none' },
  {
    file: 'detectors/urls.ts',
    line: 'if (colon >= 0 && at > colon + 1)',
    judged: 'equivalent: no colon of an authority stands at the beginning',
  },
  {
    file: 'detectors/urls.ts',
    line: 'at < 0 ? read : at',
    judged: 'equivalent: no sign of an authority stands at the beginning',
  },
  { file: 'digest.ts', line: "hash.update(text, 'utf8')", judged: DEFAULT },
  {
    file: 'gate-leaf.ts',
    line: "if (typeof value !== 'object' || types.isProxy(value)) return false;",
    judged: 'equivalent: what is no plain object is refused below',
  },
  {
    file: 'gate-leaf.ts',
    line: "return typeof value === 'object' && value !== null ? value",
    judged: 'equivalent: what begins and ends as an object is one',
  },
  { file: 'gate-leaf.ts', line: 'const isShort = value.length', judged: SPEED },
  { file: 'gate-leaf.ts', line: 'redact?.(value, path)', judged: 'equivalent: without a function nothing asks it' },
  { file: 'sensitive-value.ts', line: 'index < list.length && index < MAX_HEADERS', judged: BOUND },
  { file: 'truncate.ts', line: 'ruler.cost(text, share - 2) > share - 2', judged: ONE_CHARACTER },
  { file: 'value-paths.ts', line: "found[2] ?? ''", judged: 'equivalent: without an index there is a name' },
  {
    file: 'value-paths.ts',
    line: 'if (index !== undefined) return { key: index.startsWith',
    instead: `index.endsWith('"')`,
    judged: 'equivalent: what begins with a quote ends with one',
  },
  { file: 'detect.ts', line: "text.includes('+') && text.includes('=')", judged: SPEED },
  {
    file: 'detect.ts',
    line: 'const found: Finding[] = [];',
    judged: 'equivalent: what has no beginning is left out when findings are merged',
  },
  { file: 'detectors/emails.ts', line: 'return start >= least && text.charCodeAt(start) === QUOTE', judged: BOUND },
  {
    file: 'detectors/emails.ts',
    line: 'code >= 0xff_00 && code <= 0xff_0f',
    judged: 'accepted: Unicode has no such character',
  },
  {
    file: 'detectors/emails.ts',
    line: 'while (start < at && !isLetter',
    judged: 'equivalent: what begins behind its sign is no address',
  },
  {
    file: 'detectors/emails.ts',
    line: 'while (at >= 0) {',
    judged: 'open at the time of the run; position-edges.spec.ts looks at it since',
  },
  {
    file: 'detectors/escapes.ts',
    line: 'if (code < 0) return letter;',
    judged: 'equivalent: a finding does not begin inside of an escape either way',
  },
];
