import { createHmac } from 'node:crypto';

import { expect } from 'chai';

import type { EntryPayload } from '#lib/audit/entry-fields.js';
import type { CallEnd, Captured, LedgerOptions } from '#lib/audit/ledger.js';
import { isCommitted, openPayload } from '#lib/audit/vault.js';
import { RecordedLedger, START } from './recorded-ledger.js';

describe('payload of a stream', () => {
  let recorded: RecordedLedger;

  afterEach(async () => {
    await recorded.ledger.close(1);
  });

  async function responseOf(
    items: readonly Captured[],
    options: Partial<LedgerOptions> = {},
    end: Partial<CallEnd> = {},
  ): Promise<EntryPayload> {
    recorded = await RecordedLedger.open({ level: 'requestResponse', ...options });
    const call = await recorded.ledger.begin(START);
    for (const item of items) call.chunk(item);
    await call.end({ status: 'ok', ...end });
    const { res } = recorded.outcomeOf(call);
    if (res === undefined) throw new Error('no response');
    return res;
  }

  const eqOf = (text: string): string => createHmac('sha256', recorded.secrets.key.bytes).update(text).digest('hex');

  it('is its values, a canonical text a line', async () => {
    const res = await responseOf([{ value: { b: 1, a: 2 } }, { value: 'x' }]);
    const text = '{"a":2,"b":1}\n"x"\n';
    expect(recorded.plainOf(res.ref)).equal(text);
    expect(res).include({ hk: 'stream', media: 'application/jsonl', bytes: text.length, eq: eqOf(text) });
    const opened = openPayload(recorded.store.payload(res.ref ?? '') ?? Buffer.alloc(0), recorded.secrets.findSlot);
    expect(opened.state === 'available' && isCommitted(opened.plain, opened.slot, res.c ?? '')).equal(true);
    expect(res).not.have.property('trunc');
  });

  it('is its values where some of them are nothing', async () => {
    const res = await responseOf([{ value: { a: null, b: 'x' } }, { value: null }, { value: [null, 1, 'y'] }]);
    expect(recorded.plainOf(res.ref)).equal('{"a":null,"b":"x"}\nnull\n[null,1,"y"]\n');
  });

  it('is what a function of the user makes of it', async () => {
    const clean = (value: unknown): { value: unknown; removed: string[] } => ({
      value: value === 'ab' ? 7 : value,
      removed: [],
    });
    // Together they are a text of which it makes something else; they stay what they were one by one.
    const res = await responseOf([{ value: { t: 'a' } }, { value: { t: 'b' } }], { clean });
    expect(recorded.plainOf(res.ref)).equal('{"t":"a"}\n{"t":"b"}\n');
    const odd = await responseOf([{ value: 'x' }], { clean: () => ({ value: { $al: 'mine' }, removed: [''] }) });
    expect(recorded.plainOf(odd.ref)).equal('{"$$al":"mine"}\n');
  });

  it('takes no memory for what is beyond its bound', async () => {
    recorded = await RecordedLedger.open({ level: 'requestResponse', maxPayloadBytes: 25 });
    const call = await recorded.ledger.begin(START);
    const before = process.memoryUsage().arrayBuffers;
    for (let item = 0; item < 64; item++) call.chunk({ bytes: Buffer.alloc(1_048_576, item), media: 'text/plain' });
    globalThis.gc?.();
    expect(process.memoryUsage().arrayBuffers - before).below(16_777_216);
    await call.end({ status: 'ok' });
    expect(recorded.outcomeOf(call).res).deep.include({ trunc: { orig: 67_108_864, kept: 25 } });
  }).timeout(30_000);

  it('is its bytes, whatever pieces they came in', async () => {
    const memory = Buffer.from('one ');
    recorded = await RecordedLedger.open({ level: 'requestResponse' });
    const call = await recorded.ledger.begin(START);
    call.chunk({ bytes: memory, media: 'text/plain' });
    memory.fill('two ');
    call.chunk({ bytes: memory, media: 'text/plain' });
    await call.end({ status: 'ok' });
    const { res } = recorded.outcomeOf(call);
    expect(recorded.plainOf(res?.ref)).equal('one two ');
    expect(res).include({ hk: 'stream', media: 'text/plain', bytes: 8, eq: eqOf('one two ') });
  });

  it('is kept up to its bound, under a digest of all', async () => {
    const items = Array.from({ length: 40_000 }, () => ({ bytes: Buffer.from('0123456789'), media: 'text/plain' }));
    const res = await responseOf(items, { maxPayloadBytes: 25 });
    expect(recorded.plainOf(res.ref)).equal('0123456789012345678901234');
    expect(res).deep.include({ bytes: 400_000, trunc: { orig: 400_000, kept: 25 } });
    expect(res.eq).equal(eqOf('0123456789'.repeat(40_000)));
  });

  it('has a digest alone where the level keeps no responses', async () => {
    const res = await responseOf([{ value: 1 }], { level: 'request' });
    expect(res).have.all.keys('eq', 'alg', 'bytes', 'media', 'hk');
    expect(res.eq).equal(eqOf('1\n'));
  });

  it('stands in place of what the method returned', async () => {
    const res = await responseOf([{ value: 1 }], {}, { response: { value: 'a stream' } });
    expect(res.hk).equal('stream');
  });

  it('takes no item after the end', async () => {
    recorded = await RecordedLedger.open({ level: 'requestResponse' });
    const call = await recorded.ledger.begin(START);
    call.chunk({ value: 1 });
    await call.end({ status: 'cancelled' });
    call.chunk({ value: 2 });
    expect(recorded.plainOf(recorded.outcomeOf(call).res?.ref)).equal('1\n');
  });

  it('is the item as it was when it came', async () => {
    const item = { text: 'a' };
    recorded = await RecordedLedger.open({ level: 'requestResponse' });
    const call = await recorded.ledger.begin(START);
    call.chunk({ value: item });
    item.text = 'b';
    await call.end({ status: 'ok' });
    expect(recorded.plainOf(recorded.outcomeOf(call).res?.ref)).equal('{"text":"a"}\n');
  });

  it('says where a secret was that came in pieces', async () => {
    const secret = ['sk', '-ant-', 'api03-', 'Ab3'.repeat(27)].join('');
    const items = [`key ${secret.slice(0, 20)}`, secret.slice(20, 50), `${secret.slice(50)} end`];
    const res = await responseOf(items.map((text) => ({ value: { delta: { text } } })));
    const text = recorded.plainOf(res.ref);
    expect(text).match(
      /^\{"delta":\{"text":"key \[REDACTED:[0-9a-f]{8}\]"\}\}\n\{"delta":\{"text":""\}\}\n\{"delta":\{"text":" end"\}\}\n$/,
    );
    const outcome = recorded.store.entries().find((entry) => entry.kind === 'outcome');
    expect(outcome?.kind === 'outcome' && outcome.red).deep.equal(['/delta/text']);
  });
});
