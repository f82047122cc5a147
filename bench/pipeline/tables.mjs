import { bestSdk } from './rows.mjs';

const number = (value, digits) =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

function cell(spread, digits) {
  if (spread === undefined) return '';
  const { median, least, most } = spread;
  return least === most
    ? number(median, digits)
    : `${number(median, digits)} (${number(least, digits)}–${number(most, digits)})`;
}

function table(head, rows) {
  return [
    `| ${head.join(' | ')} |`,
    `|${'---|'.repeat(head.length)}`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
}

const RATE = ['spans/s', 'perSecond', 0];
const COLUMNS = {
  closed: [RATE],
  burst: [
    ['lost', 'lost', 0],
    ['flush, ms', 'flushMs', 0],
  ],
  open: [['lost', 'lost', 0]],
  fill: [
    ['counted, bytes', 'queuedBytes', 0],
    ['heap grew by', 'held', 0],
  ],
};
const COST = [
  ['CPU ms/1,000', 'cpuPerThousand', 1],
  ['bytes/span on the wire', 'bytesPerSpan', 0],
];
const LOOP = [
  ['loop delay p50, ms', 'loop.p50Ms', 1],
  ['p99', 'loop.p99Ms', 1],
  ['max', 'loop.maxMs', 1],
  ['longest slice', 'loop.longestMs', 1],
];

/** The table of one case: medians, with the least and the most of the rounds. */
export function caseTable({ loop }, { variants, ratio }) {
  const columns = loop === 'fill' ? COLUMNS.fill : [...COLUMNS[loop], ...COST, ...(loop === 'closed' ? [] : LOOP)];
  const isRated = loop === 'closed';
  const base = isRated ? bestSdk(variants) : undefined;
  const rows = Object.entries(variants).map(([name, figures]) => {
    const rated = isRated ? [name, `${ratio(name, base, 'perSecond').toFixed(2)} ×`] : [name];
    return rated.concat(columns.map(([, figure, digits]) => cell(figures[figure], digits)));
  });
  return table(['', ...(isRated ? ['to the better SDK'] : []), ...columns.map(([title]) => title)], rows);
}

/** What 1,000 spans take until they are bytes. */
export function encodingTable(seen) {
  return table(
    ['', 'CPU ms/1,000'],
    Object.entries(seen).map(([name, spread]) => [name, cell(spread, 1)]),
  );
}

/** What is asked and what holds. */
export function rowTable(rows) {
  return table(
    ['', 'limit', 'seen', 'ratio', ''],
    rows.map(({ what, limit, figure, ratio, isHeld }) => [
      what,
      limit,
      figure,
      ratio === undefined ? '' : `${ratio.toFixed(2)} ×`,
      isHeld ? 'held' : '**not held**',
    ]),
  );
}
