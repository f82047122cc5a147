import * as fc from 'fast-check';
import type { EntryIds, EntryStamp, EntryWriter } from '#lib/audit/entry-text.js';

const ULID = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ulid = fc
  .array(fc.constantFrom(...Array.from(ULID)), { minLength: 25, maxLength: 25 })
  .map((characters) => `0${characters.join('')}`);
const hash = fc
  .array(fc.constantFrom(...Array.from('0123456789abcdef')), { minLength: 64, maxLength: 64 })
  .map((d) => d.join(''));
const count = fc.nat();
// Strings of the program and of the other side: whole characters, also those that JSON escapes.
const text = fc.string({
  unit: fc.oneof(fc.constantFrom('"', '\\', '\n', '\0', '/', '€', '😀', '\u2028'), fc.string()),
});
const short = text.map((whole) => whole.slice(0, 40).replace(/\p{Surrogate}$/u, ''));

interface Shape {
  readonly [key: string]: fc.Arbitrary<unknown>;
}

const record = (always: Shape, sometimes: Shape = {}): fc.Arbitrary<Record<string, unknown>> =>
  fc.record({ ...always, ...sometimes }, { requiredKeys: Object.keys(always), noNullPrototype: true });

const call = record(
  { id: ulid, attempt: count },
  { parent: ulid, seqInParent: count, run: short, row: short, traceparent: short },
);
const op = record({ method: short }, { class: short });
const externalFields = { endpointHostFp: hash, provider: short, model: short, modelVersion: short };
const ext = record({ system: short }, externalFields);
const pol = record({ level: fc.constantFrom('metadata', 'request', 'requestResponse'), ruleId: short, hash });
const payload = record(
  {
    eq: hash,
    alg: fc.constant('hmac-sha256'),
    bytes: count,
    media: short,
    hk: fc.constantFrom('canonical', 'raw', 'stream'),
  },
  { c: hash, ref: hash, trunc: record({ orig: count, kept: count }) },
);
const secrets = fc.array(record({ name: short, fp: hash, kid: short }), { maxLength: 4 });
const pointers = fc.array(short, { maxLength: 4 });
const intent = record({ wseq: count, hash }, { wid: ulid });
const head = record({ wid: ulid, wseq: fc.integer({ min: -1 }), hash });
const error = record({ type: short }, { code: short, retryable: fc.boolean() });
const cost = fc.double({ noNaN: true, noDefaultInfinity: true });
const usage = record({}, { in: count, out: count, cost });
const status = fc.constantFrom('ok', 'error', 'timeout', 'cancelled', 'abandoned', 'unknown');
const data = fc.jsonValue({ stringUnit: 'grapheme' });

/** What one writer says in all of its entries. */
export const idsArbitrary: fc.Arbitrary<EntryIds> = fc.record({ lid: ulid, inc: ulid, wid: ulid });

/** A place in a chain. */
export const stampArbitrary: fc.Arbitrary<EntryStamp> = fc.record({
  wseq: count,
  prev: hash,
  t: fc
    .date({ min: new Date(0), max: new Date(253_402_300_799_999), noInvalidDate: true })
    .map((at) => at.toISOString()),
  mono: fc.bigInt({ min: 0n, max: 10n ** 18n }).map(String),
});

/** Bodies of entries by kind, with and without what may be absent. */
export const bodyArbitraries: Readonly<Record<keyof EntryWriter, fc.Arbitrary<Record<string, unknown>>>> = {
  genesis: record({
    ledger: hash,
    heads: fc.array(head, { maxLength: 4 }),
    host: record({ pid: count, boot: short, node: short, lib: short }),
  }),
  policy: record({ hash, data }),
  intent: record(
    { call, op, ext, pol },
    { actor: record({ type: short }, { idFp: hash }), req: payload, sec: secrets, red: pointers },
  ),
  outcome: record(
    { call, intent, status },
    {
      err: error,
      durUs: count,
      ext: record({}, { ...externalFields, system: short }),
      usage,
      res: payload,
      sec: secrets,
      red: pointers,
    },
  ),
  denied: record({ code: short }, { call, intent, op, count }),
  recovered: record({ of: head, droppedBytes: count, dangling: count }),
  note: record({ data }),
  run: record({ run: short }, { data }),
  close: record({ dangling: count }),
};
