import { median } from '../lib/rounds.mjs';
import { spread } from './spread.mjs';

const FIGURES = [
  'made',
  'perSecond',
  'lost',
  'bytesPerSpan',
  'cpuPerThousand',
  'flushMs',
  'maxRssMiB',
  'held',
  'queuedBytes',
  'loop.p50Ms',
  'loop.p99Ms',
  'loop.maxMs',
  'loop.longestMs',
];

const valueOf = (run, figure) => figure.split('.').reduce((value, key) => value?.[key], run);

function summarise(runs) {
  const entries = FIGURES.flatMap((figure) => {
    const values = runs.map((run) => valueOf(run, figure)).filter((value) => typeof value === 'number');
    return values.length === 0 ? [] : [[figure, spread(values)]];
  });
  return {
    ...Object.fromEntries(entries),
    isExact: runs.every(({ isExact }) => isExact !== false),
    isBalanced: runs.every(({ isBalanced }) => isBalanced !== false),
  };
}

/** The runs of one case by variant, with the spread of each figure, and ratios within a round. */
export function collect(runs) {
  return {
    variants: Object.fromEntries(Object.entries(runs).map(([name, list]) => [name, summarise(list)])),
    ratio: (one, other, figure) =>
      median(runs[one].map((run, round) => valueOf(run, figure) / valueOf(runs[other][round], figure))),
  };
}
