// Every case with its variants. In a round each variant of each case runs once, one after the other.
const MIB = 1024 ** 2;

const json = { kind: 'sdk', encoding: 'json' };
const protobuf = { kind: 'sdk', encoding: 'protobuf' };
const full = { kind: 'ours', content: 'full', encoding: 'protobuf', compression: 'none' };
const redacted = { ...full, content: 'redacted' };
const record = { ...redacted, span: 'record' };
const gzip = (variant) => ({ ...variant, compression: 'gzip' });
// Whatever is the default.
const plain = ({ compression: _compression, encoding: _encoding, ...variant }) => variant;

const latencies = [0, 50, 200].map((latencyMs) => ({
  title: `closed loop, ${latencyMs} ms`,
  loop: 'closed',
  latencyMs,
  options: { ms: 3000 },
  variants: { 'SDK json': json, 'SDK protobuf': protobuf, full, record, ...(latencyMs === 0 ? { redacted } : {}) },
}));

const zipped = {
  title: 'closed loop, 0 ms, gzip',
  loop: 'closed',
  options: { ms: 3000 },
  variants: { 'SDK json': gzip(json), 'SDK protobuf': gzip(protobuf), full: gzip(full), record: gzip(record) },
};

const inJson = {
  title: 'closed loop, 0 ms, json',
  loop: 'closed',
  options: { ms: 3000 },
  variants: { 'SDK json': json, full: { ...full, encoding: 'json' } },
};

const bursts = [10_000, 50_000].map((count) => ({
  title: `burst of ${count.toLocaleString('en')}`,
  loop: 'burst',
  options: { count },
  variants: {
    'SDK json': json,
    'SDK protobuf': protobuf,
    full: plain(full),
    record: plain(record),
    ...(count > 10_000 ? { 'full, 192 MiB': { ...plain(full), maxBytes: 192 * MIB } } : {}),
  },
}));

const rate = {
  title: '5,000 spans a second',
  loop: 'open',
  options: { ms: 5000, rate: 5000 },
  variants: {
    'SDK json': json,
    'SDK protobuf': protobuf,
    full,
    record,
    'full, gzip': gzip(full),
    idle: { kind: 'idle' },
  },
};

const flush = {
  title: 'flush of 20,000',
  loop: 'burst',
  options: { count: 20_000 },
  variants: {
    'SDK protobuf': { ...protobuf, maxQueue: 20_000 },
    full: { ...full, maxQueue: 20_000, maxBytes: 192 * MIB },
    record: { ...record, maxQueue: 20_000, maxBytes: 192 * MIB },
  },
};

const buffers = {
  title: 'a dead backend',
  loop: 'fill',
  options: { count: 24_000 },
  variants: { full, record },
};

export const cases = [...latencies, zipped, inJson, ...bursts, rate, flush, buffers];
