// The figures that the pipeline is held to, each with what this run saw.
const MIB = 1024 ** 2;
const MAX_SOCKETS = 10;
const SDKS = ['SDK json', 'SDK protobuf'];

const number = (value, digits = 0) =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** The variant of the SDK that did better. */
export function bestSdk(variants) {
  const names = SDKS.filter((name) => name in variants);
  return names.toSorted((one, other) => variants[other].perSecond.median - variants[one].perSecond.median)[0];
}

function throughput(seen, title, variant, limit) {
  const { variants, ratio } = seen[title];
  const base = bestSdk(variants);
  const times = ratio(variant, base, 'perSecond');
  return {
    what: `${title}, \`${variant}\``,
    limit: `≥ ${limit} × of the SDK`,
    figure: `${number(variants[variant].perSecond.median)} spans/s, ${base} ${number(variants[base].perSecond.median)}`,
    ratio: times,
    isHeld: times >= limit,
  };
}

function slow(seen, variant) {
  const title = 'closed loop, 200 ms';
  const { variants, ratio } = seen[title];
  const base = bestSdk(variants);
  const rate = variants[variant].perSecond.median;
  return {
    what: `${title}, \`${variant}\``,
    limit: '≥ 20,000 spans/s',
    figure: `${number(rate)} spans/s, ${base} ${number(variants[base].perSecond.median)}`,
    ratio: ratio(variant, base, 'perSecond'),
    isHeld: rate >= 20_000,
  };
}

function encoding({ encoding: seen }) {
  const { median } = seen['encoding, full'];
  return {
    what: 'encoding of 1,000 projected spans',
    limit: '≤ 5 ms',
    figure: `${number(median, 1)} ms, SDK protobuf ${number(seen['SDK protobuf'].median, 1)} ms`,
    ratio: median / seen['SDK protobuf'].median,
    isHeld: median <= 5,
  };
}

function lossless(seen, title, variant) {
  const { variants } = seen[title];
  const { lost, made } = variants[variant];
  return {
    what: `${title}, \`${variant}\``,
    limit: '0 lost',
    figure: `${number(lost.most)} lost, SDK protobuf ${number((variants['SDK protobuf'].lost.median / made.median) * 100)} %`,
    isHeld: lost.most === 0,
  };
}

function counted(seen) {
  const title = 'burst of 50,000';
  const { full, record } = seen[title].variants;
  const isHeld = [full, record].every(({ isExact, isBalanced }) => isExact && isBalanced);
  return {
    what: `${title} at defaults`,
    limit: 'accepted = delivered + dropped + queued, delivered as the backend counts',
    figure: `${number(full.lost.median)} and ${number(record.lost.median)} (record) dropped and counted`,
    isHeld,
  };
}

function loopDelay(seen) {
  const { variants } = seen['5,000 spans a second'];
  const { idle, full, record } = variants;
  const above = (variant) => variant['loop.p99Ms'].median - idle['loop.p99Ms'].median;
  const sdk = variants['SDK protobuf'];
  const most = Math.max(above(full), above(record));
  const longest = Math.max(full['loop.longestMs'].median, record['loop.longestMs'].median);
  return [
    {
      what: 'loop delay p99 at 5,000 spans/s, above idle',
      limit: '≤ 3 ms',
      figure: `full ${number(above(full), 1)}, record ${number(above(record), 1)}, SDK protobuf ${number(above(sdk), 1)} ms`,
      ratio: most / above(sdk),
      isHeld: most <= 3,
    },
    {
      what: 'longest slice at 5,000 spans/s',
      limit: '≤ 5 ms',
      figure: `full ${number(full['loop.longestMs'].median, 1)}, record ${number(record['loop.longestMs'].median, 1)}, SDK protobuf ${number(sdk['loop.longestMs'].median, 1)}, idle ${number(idle['loop.longestMs'].median, 1)} ms`,
      ratio: longest / sdk['loop.longestMs'].median,
      isHeld: longest <= 5,
    },
  ];
}

function buffers(seen, variant) {
  const { held, queuedBytes } = seen['a dead backend'].variants[variant];
  const limit = '≤ 40 MiB, the heap within ± 25 % of it';
  const what = `queue before a dead backend, \`${variant}\``;
  if (queuedBytes === undefined)
    return { what, limit, figure: `heap ${number(held.median / MIB, 1)} MiB, not counted`, isHeld: false };
  const ratio = held.median / queuedBytes.median;
  return {
    what,
    limit,
    figure: `${number(queuedBytes.most / MIB, 1)} MiB counted, heap grew by ${number(held.median / MIB, 1)}`,
    ratio,
    isHeld: queuedBytes.most <= 40 * MIB && Math.abs(ratio - 1) <= 0.25,
  };
}

function breaker({ breaker: seen }) {
  if (seen === undefined) return [];
  const { failures, pauseMs, made, received } = seen;
  return [
    {
      what: 'breaker',
      limit: '5 failures, a trial after 30 s, others unaffected',
      // The fifth failure opens it; what was on its way at that moment fails as well.
      figure: `${failures} requests, ${number(pauseMs / 1000, 1)} s, ${number(received)} of ${number(made)} at the other`,
      isHeld: failures >= 5 && failures <= 5 + MAX_SOCKETS && Math.abs(pauseMs - 30_000) < 5000 && received === made,
    },
  ];
}

/** What is asked, what was seen, and whether it holds. */
export function rowsOf(seen) {
  return [
    throughput(seen, 'closed loop, 0 ms', 'full', 1.7),
    throughput(seen, 'closed loop, 0 ms', 'record', 0.9),
    encoding(seen),
    slow(seen, 'full'),
    slow(seen, 'record'),
    lossless(seen, 'burst of 10,000', 'full'),
    lossless(seen, 'burst of 10,000', 'record'),
    lossless(seen, 'burst of 50,000', 'full, 192 MiB'),
    counted(seen),
    ...loopDelay(seen),
    lossless(seen, 'flush of 20,000', 'full'),
    lossless(seen, 'flush of 20,000', 'record'),
    buffers(seen, 'full'),
    buffers(seen, 'record'),
    ...breaker(seen),
  ];
}
