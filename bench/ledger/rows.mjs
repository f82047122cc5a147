// The figures that the ledger is held to, each with what this run saw.
const MIB = 1024 ** 2;
const number = (value, digits = 0) =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

const APPEND = { 1: 0.8, 32: 0.5, 128: 0.4 };
const PAYLOAD = { 1: 0.7, 32: 0.2, 128: 0.06 };

function appendRow({ append }, group, name, limit) {
  const { ofRaw, ofAhead, perSecond } = append[group].variants[name];
  return {
    what: `${name === 'append' ? 'append' : 'append with an encrypted payload of 2 KiB'}, ${group} at a time`,
    limit: `≥ ${limit} of raw`,
    figure: `${number(perSecond)} entries/s, raw ${number(append[group].variants.raw.perSecond)}; ${ofAhead.toFixed(2)} of raw in space written before`,
    ratio: ofRaw,
    isHeld: ofRaw >= limit,
  };
}

function callRow({ calls }, name, limit) {
  const { perSecond, ofUnaudited } = calls[name];
  return {
    what: `128 calls of 20 ms, ${name}`,
    limit: `≥ ${limit} of unaudited`,
    figure: `${number(perSecond)} calls/s, unaudited ${number(calls.unaudited.perSecond)}`,
    ratio: ofUnaudited,
    isHeld: ofUnaudited >= limit,
  };
}

function perRecordRow({ calls }, name) {
  const { perSecond, ofPerRecord } = calls[name];
  return {
    what: `128 calls of 20 ms, ${name}`,
    limit: '≥ 25 × a commit per record',
    figure: `${number(perSecond)} calls/s, a commit per record ${number(calls['a commit per record, 5 ms'].perSecond, 1)}`,
    ratio: ofPerRecord,
    isHeld: ofPerRecord >= 25,
  };
}

function loopRow({ calls }, name) {
  const above = calls[name].p99Ms - calls.idle.p99Ms;
  return {
    what: `loop delay p99, 128 calls of 20 ms, ${name}`,
    limit: '≤ 15 ms',
    figure: `${number(above, 1)} ms above idle, unaudited ${number(calls.unaudited.p99Ms - calls.idle.p99Ms, 1)}`,
    isHeld: above <= 15,
  };
}

function verifyRow({ verify }) {
  return {
    what: 'verify',
    limit: '≥ 100,000 entries/s',
    figure: `${number(verify.perSecond)} entries/s of ${number(verify.entries)}, exit ${verify.exit}; the first time ${number(verify.first)}; ${number(verify.cpuUs, 1)} µs of CPU an entry`,
    isHeld: verify.perSecond >= 100_000 && verify.exit === 0,
  };
}

function burstRows({ burst }) {
  const total = (counts) => Object.values(counts).reduce((sum, count) => sum + count, 0);
  const { calls, made, lost, open, unended, refused, counted, most, bound } = burst;
  const codes = Object.entries(refused).map(([code, count]) => `${number(count)} ${code}`);
  return [
    {
      what: `burst of ${number(calls)} calls in one turn`,
      limit: '0 acknowledged lost, refused ones counted and never made',
      figure: `${number(made)} made, ${lost} lost, ${codes.join(', ') || '0 refused'}, ${number(total(counted))} counted`,
      isHeld:
        lost === 0 &&
        open === 0 &&
        unended === 0 &&
        total(counted) === total(refused) &&
        made + total(refused) === calls,
    },
    {
      what: 'memory in that burst',
      limit: `${number(bound / MIB)} MiB queued`,
      figure: `${number(most.queuedBytes / MIB, 1)} MiB counted; outside of the heap ${number(most.outside / MIB, 1)}, in it, with the calls themselves, ${number(most.heapUsed / MIB, 1)}`,
      // Beside the queue stand the group on its way and the space that is written ahead.
      isHeld: most.queuedBytes <= bound && most.outside <= bound + 32 * MIB,
    },
  ];
}

/** What is asked, what was seen, and whether it holds. */
export function rowsOf(seen) {
  const groups = Object.keys(APPEND);
  return [
    ...groups.map((group) => appendRow(seen, group, 'append', APPEND[group])),
    ...groups.map((group) => appendRow(seen, group, 'begin, encrypted payload', PAYLOAD[group])),
    callRow(seen, 'no payload', 0.6),
    callRow(seen, 'payload of 2 KiB', 0.6),
    callRow(seen, 'no payload, 5 ms', 0.35),
    callRow(seen, 'payload of 2 KiB, 5 ms', 0.35),
    perRecordRow(seen, 'no payload, 5 ms'),
    perRecordRow(seen, 'payload of 2 KiB, 5 ms'),
    loopRow(seen, 'no payload'),
    loopRow(seen, 'payload of 2 KiB'),
    loopRow(seen, 'payload of 2 KiB, 5 ms'),
    verifyRow(seen),
    ...burstRows(seen),
  ];
}
