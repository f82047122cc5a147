import { createHash, createHmac } from 'node:crypto';

import { expect } from 'chai';
import { assert as assertProperty, property, uint8Array } from 'fast-check';

import type { Captured } from '#lib/audit/ledger.js';
import { MemorySlots } from '#lib/audit/payload-slots.js';
import { isCommitted, openPayload, readSlotPlace, sealPayload } from '#lib/audit/vault.js';
import { RecordedLedger, START } from './recorded-ledger.js';

const WID = '01K00000000000000000000000';

describe('payload', () => {
  describe('in the vault', () => {
    const slots = new MemorySlots(WID);
    const find = slots.find.bind(slots);

    it('comes back as it was, for any bytes', () => {
      assertProperty(
        property(uint8Array({ maxLength: 4096 }), (plain) => {
          const { ref, bytes } = sealPayload(plain, slots.take());
          expect(ref).equal(createHash('sha256').update(bytes).digest('hex'));
          const opened = openPayload(bytes, find);
          expect(opened.state === 'available' && opened.plain.equals(plain)).equal(true);
        }),
        { numRuns: 50 },
      );
    });

    it('is laid out as the format says', () => {
      const slot = slots.take();
      const { bytes } = sealPayload(Buffer.from('hello'), slot);
      expect(bytes.length).equal(8 + 26 + 8 + 12 + 5 + 16);
      expect(Buffer.from(bytes).toString('latin1', 0, 34)).equal(`SPWPAY01${WID}`);
      expect(readSlotPlace(bytes)).deep.equal({ wid: WID, file: slot.file, index: slot.index });
    });

    it('has a nonce of its own', () => {
      const nonces = Array.from({ length: 1000 }, () =>
        Buffer.from(sealPayload(Buffer.from('hello'), slots.take()).bytes).toString('hex', 42, 54),
      );
      expect(new Set(nonces).size).equal(nonces.length);
    });

    it('names the file of its secrets', () => {
      const slot = { ...slots.take(), file: 70_000, index: 5 };
      expect(readSlotPlace(sealPayload(Buffer.from('hello'), slot).bytes)).deep.equal({
        wid: WID,
        file: 70_000,
        index: 5,
      });
    });

    it('is corrupt when any byte of it is another', () => {
      const { bytes } = sealPayload(Buffer.from('hello'), slots.take());
      for (let at = 0; at < bytes.length; at++) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ 1;
        expect(openPayload(changed, find).state, `byte ${at}`).not.equal('available');
      }
      for (let length = 0; length < bytes.length; length++) {
        expect(openPayload(bytes.subarray(0, length), find).state).equal('corrupt');
      }
    });

    it('is erased when its secrets are gone', () => {
      const { bytes } = sealPayload(Buffer.from('hello'), slots.take());
      expect(openPayload(bytes, () => undefined)).deep.equal({ state: 'erased' });
    });

    it('never leads out of the folder of keys', () => {
      const bytes = Buffer.from(sealPayload(Buffer.from('hello'), slots.take()).bytes);
      bytes.write('../../../../../etc/passwd/', 8, 'latin1');
      expect(readSlotPlace(bytes)).equal(undefined);
      expect(openPayload(bytes, find).state).equal('corrupt');
    });

    it('uses no secret twice', () => {
      const own = new MemorySlots(WID);
      const keys = Array.from({ length: 2100 }, () => own.take().dataKey.toString('hex'));
      expect(new Set(keys).size).equal(keys.length);
    });
  });

  describe('of a call', () => {
    let recorded: RecordedLedger;

    async function open(maxPayloadBytes?: number): Promise<void> {
      recorded = await RecordedLedger.open({
        level: 'requestResponse',
        ...(maxPayloadBytes !== undefined && { maxPayloadBytes }),
      });
    }

    async function requestOf(
      request: Captured,
    ): Promise<{ req: NonNullable<ReturnType<typeof recorded.intentOf>['req']>; plain: string }> {
      const call = await recorded.ledger.begin({ ...START, request });
      const { req } = recorded.intentOf(call);
      if (req === undefined) throw new Error('no request');
      return { req, plain: recorded.plainOf(req.ref) };
    }

    beforeEach(async () => {
      await open();
    });
    afterEach(async () => {
      await recorded.ledger.close(1);
    });

    it('is canonical JSON of a value, with its digests', async () => {
      const { req, plain } = await requestOf({ value: { b: 1, a: 'ä' } });
      expect(plain).equal(Buffer.from('{"a":"ä","b":1}').toString());
      expect(req).include({ alg: 'hmac-sha256', bytes: 16, hk: 'canonical', media: 'application/json' });
      expect(req.eq).equal(createHmac('sha256', recorded.secrets.key.bytes).update(plain).digest('hex'));
      const opened = openPayload(recorded.store.payload(req.ref ?? '') ?? Buffer.of(), recorded.secrets.findSlot);
      if (opened.state !== 'available') throw new Error(opened.state);
      expect(isCommitted(opened.plain, opened.slot, req.c ?? '')).equal(true);
      expect(isCommitted(Buffer.from('{}'), opened.slot, req.c ?? '')).equal(false);
    });

    it('is equal by `eq` and by nothing else where the bytes are', async () => {
      const [first, second, other] = [
        await requestOf({ value: { a: 1, b: 2 } }),
        await requestOf({ value: { b: 2, a: 1 } }),
        await requestOf({ value: { b: 2, a: 2 } }),
      ];
      expect(first.req.eq).equal(second.req.eq);
      expect(first.req.eq).not.equal(other.req.eq);
      expect(first.req.c).not.equal(second.req.c);
      expect(first.req.ref).not.equal(second.req.ref);
    });

    it('is bytes as they went over the wire', async () => {
      const { req, plain } = await requestOf({ bytes: Buffer.from('{ "a": 1 }'), media: 'application/json' });
      expect(plain).equal('{ "a": 1 }');
      expect(req).include({ hk: 'raw', bytes: 10 });
    });

    it('is the beginning of what is too long, under a digest of all', async () => {
      await open(8);
      const { req, plain } = await requestOf({ value: 'x'.repeat(100) });
      expect(plain).equal(`"${'x'.repeat(7)}`);
      expect(req).deep.include({ bytes: 102, trunc: { orig: 102, kept: 8 } });
      const all = createHmac('sha256', recorded.secrets.key.bytes)
        .update(`"${'x'.repeat(100)}"`)
        .digest('hex');
      expect(req.eq).equal(all);
    });

    it('tells hostile values apart and survives them', async () => {
      const cycle: Record<string, unknown> = {};
      cycle['self'] = cycle;
      let deep: unknown = 1;
      for (let level = 0; level < 100_000; level++) deep = { deep };
      const values: unknown[] = [
        undefined,
        null,
        Number.NaN,
        'NaN',
        -0,
        '\ud800',
        '\udc00',
        1n,
        '1',
        1,
        new Map([[1, 2]]),
        new Map([[1, 3]]),
        new Set([1]),
        new Date(0),
        new Date(1),
        Buffer.from('a'),
        Buffer.from('b'),
        cycle,
        deep,
        JSON.parse('{"__proto__":1}'),
        { toJSON: () => 'a lie' },
        Object.defineProperty({}, 'x', {
          enumerable: true,
          get: () => {
            throw new Error('boom');
          },
        }),
        new Proxy(
          {},
          {
            ownKeys: () => {
              throw new Error('boom');
            },
          },
        ),
      ];
      const digests = await Promise.all(values.map(async (value) => (await requestOf({ value })).req.eq));
      expect(new Set(digests).size).equal(values.length);
    });

    it('names what was removed, and keeps the rest', async () => {
      const { req, plain } = await requestOf({
        value: { url: 'https://x.example', headers: { authorization: 'Bearer abcdef0123456789' } },
      });
      expect(plain).match(/"authorization":"\[REDACTED:[0-9a-f]{8}\]".*"url":"https:\/\/x.example"/);
      const intent = recorded.store.entries().find((entry) => entry.kind === 'intent');
      expect(intent?.kind === 'intent' && intent.red).deep.equal(['/headers/authorization']);
      expect(req.bytes).equal(Buffer.byteLength(plain));
    });

    it('is cleaned by the function of the options, and by nothing where that fails', async () => {
      recorded = await RecordedLedger.open({ clean: () => ({ value: { kept: 1 }, removed: ['/all'] }) });
      expect((await requestOf({ value: { a: 2 } })).plain).equal('{"kept":1}');
      recorded = await RecordedLedger.open({
        clean: () => {
          throw new Error('of the application');
        },
      });
      expect((await requestOf({ value: { a: 2 } })).plain).equal('"[redaction failed]"');
    });
  });
});
