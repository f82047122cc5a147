import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import type { Entry } from '#lib/audit/entry.js';
import type { EntryPayload } from '#lib/audit/entry-fields.js';
import { openSecrets } from '#lib/audit/ledger-secrets.js';
import type { CallStart, Captured, Ledger } from '#lib/audit/ledger.js';
import type { MemoryLedger } from '#lib/audit/memory-ledger.js';
import { createMemoryLedger } from '#lib/audit/memory-ledger.js';
import { openLedger } from '#lib/audit/open-ledger.js';
import { openSegmentStore } from '#lib/audit/stores/segment-store.js';
import { openPayload } from '#lib/audit/vault.js';
import type { Canary } from '../privacy/leaks/canary-classes.js';
import { createCorpus } from '../privacy/leaks/canary-corpus.js';

const START: CallStart = { op: { class: 'Desk', method: 'send' }, system: 'llm', level: 'requestResponse' };
// Those of a pattern are found by a privacy of the application's own, which gives the ledger its `clean`.
const canaries = createCorpus(20_261_121, 160).filter(
  ({ kind, sensitivity }) => sensitivity === 'secret' && kind !== 'pattern',
);

type Place = (text: string) => Captured;

/** Where a secret may stand in what a program sends and gets. */
const places: Readonly<Record<string, Place>> = {
  'a text': (text) => ({ value: `see ${text} there` }),
  'nested JSON': (text) => ({ value: { messages: [{ role: 'user', content: [{ type: 'text', text }] }] } }),
  'JSON in a text': (text) => ({ value: { body: JSON.stringify({ note: text }) } }),
  'a member of an instance': (text) => ({ value: new Map([['note', { text }]]) }),
  'an error': (text) => ({ value: new Error(text, { cause: { text } }) }),
  'bytes of JSON': (text) => ({ bytes: Buffer.from(JSON.stringify({ text })), media: 'application/json' }),
  'bytes of text': (text) => ({ bytes: Buffer.from(`see ${text} there`), media: 'text/plain' }),
  'bytes that are no text': (text) => ({
    bytes: Buffer.concat([Buffer.from([0xff, 0xfe, 0]), Buffer.from(` ${text} `), Buffer.from([0xff])]),
    media: 'application/octet-stream',
  }),
  'a buffer in a value': (text) => ({ value: { data: Buffer.from(`see ${text} there`) } }),
};

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

/** Entries and payloads, readable. */
function keptOf(entries: readonly Entry[], plainOf: (ref: string) => Buffer | undefined): string {
  const payloads = entries.flatMap((entry) => {
    const { req, res } = entry as { readonly req?: EntryPayload; readonly res?: EntryPayload };
    return [req, res].flatMap((payload) => {
      const plain = payload?.ref === undefined ? undefined : plainOf(payload.ref)?.toString('latin1');
      if (plain === undefined) return [];
      // What stands in base64 is as readable.
      const inside = Array.from(plain.matchAll(/"([A-Za-z0-9+/]{16,}={0,2})"/g), ([, text64]) =>
        Buffer.from(text64 ?? '', 'base64').toString('latin1'),
      );
      return [plain, ...inside];
    });
  });
  return [...entries.map((entry) => JSON.stringify(entry)), ...payloads].join('\n');
}

/** The same of a folder, with every file of it as it is. */
function keptIn(directory: string): string {
  const store = openSegmentStore({ directory });
  const { findSlot } = openSecrets(store, directory, `${directory}.keys`);
  const entries = store
    .writers()
    .flatMap((wid) =>
      Array.from(store.reader(wid).entries(), ({ bytes }) => JSON.parse(Buffer.from(bytes).toString()) as Entry),
    );
  const kept = keptOf(entries, (ref) => {
    const bytes = store.payload(ref);
    const opened = bytes && openPayload(bytes, findSlot);
    return opened?.state === 'available' ? opened.plain : undefined;
  });
  return [kept, ...filesIn(directory).map((path) => readFileSync(path, 'latin1'))].join('\n');
}

function leaked(kept: string, of: readonly Canary[]): string[] {
  return of.flatMap(({ kind, parts }) => parts.filter((part) => kept.includes(part)).map((part) => `${kind}: ${part}`));
}

async function record(
  ledger: Ledger,
  placeOf: (index: number) => Place,
  stream?: (text: string) => Captured[],
): Promise<void> {
  await Promise.all(
    canaries.map(async ({ text }, index) => {
      const captured = placeOf(index)(text);
      const call = await ledger.begin({ ...START, request: captured });
      for (const item of stream?.(text) ?? []) call.chunk(item);
      const error = { type: 'Error', code: 'E_AUTH' };
      await call.end({ status: 'error', error, response: captured }, { thrown: new Error(text) });
    }),
  );
  await ledger.close();
}

describe('leaks of the recorder', () => {
  const nothing: Place = () => ({ value: 'nothing' });
  let ledger: MemoryLedger;
  const kept = (): string => keptOf(ledger.entries(), (ref) => ledger.payload(ref));

  beforeEach(() => {
    ledger = createMemoryLedger();
  });

  it('has canaries of many kinds', () => {
    expect(new Set(canaries.map(({ kind }) => kind)).size).greaterThan(30);
    expect(canaries.length).greaterThan(59);
  });

  for (const [place, captured] of Object.entries(places)) {
    it(`keeps no secret of ${place}`, async () => {
      await record(ledger, () => captured);
      expect(leaked(kept(), canaries)).deep.equal([]);
    });
  }

  it('finds what is kept: without the gate every canary is there', async () => {
    ledger = createMemoryLedger({ clean: (value) => ({ value, removed: [] }) });
    await record(ledger, () => (text) => ({ bytes: Buffer.from(text), media: 'text/plain' }));
    expect(leaked(kept(), canaries)).length(canaries.reduce((sum, { parts }) => sum + parts.length, 0));
  });

  it('keeps no secret that the items of a stream hold together', async () => {
    const pieces = (text: string): string[] => text.match(/[^]{1,7}/g) ?? [];
    await record(
      ledger,
      () => nothing,
      (text) => pieces(`see ${text} there`).map((content) => ({ value: { choices: [{ delta: { content } }] } })),
    );
    // As somebody reads them who puts the pieces together.
    const joined = kept().replaceAll('"}}]}\n{"choices":[{"delta":{"content":"', '');
    expect(joined).include('see [REDACTED:');
    expect(leaked(joined, canaries)).deep.equal([]);
  });

  it('keeps no secret that comes in pieces of bytes', async () => {
    await record(
      ledger,
      () => nothing,
      (text) => [text.slice(0, 9), text.slice(9)].map((part) => ({ bytes: Buffer.from(part), media: 'text/plain' })),
    );
    expect(leaked(kept(), canaries)).deep.equal([]);
  });

  it('keeps no secret among the names of a call', async () => {
    await Promise.all(
      canaries.map(async ({ text }) => {
        const names = { provider: text, model: text, run: text, row: text, id: text, host: text };
        const op = { class: text, method: text };
        const call = await ledger.begin({ ...START, ...names, op, actor: { type: text, id: text } });
        await call.end({ status: 'error', error: { type: text, code: text }, model: text });
      }),
    );
    expect(leaked(kept(), canaries)).deep.equal([]);
  });

  it('says where a name was a secret', async () => {
    const [{ text } = { text: '' }] = canaries;
    const call = await ledger.begin({ ...START, request: { value: { list: [{ [text]: 1 }] } } });
    await call.end({ status: 'ok' });
    const intent = ledger.entries().find(({ kind }) => kind === 'intent');
    const { red = [], sec = [] } = intent?.kind === 'intent' ? intent : {};
    expect(red).length(1);
    expect(red[0]).matches(/^\/list\/0\/.*REDACTED/);
    expect(sec.map(({ name }) => name)).deep.equal(red);
    expect(leaked(kept(), canaries.slice(0, 1))).deep.equal([]);
  });

  it('names the secrets of answers and of streams, so many at most', async () => {
    const [{ text } = { text: '' }] = canaries;
    const answered = await ledger.begin(START);
    await answered.end({ status: 'ok', response: { value: { a: text } } });
    const streamed = await ledger.begin(START);
    for (let item = 0; item < 200; item++) streamed.chunk({ value: { [`item${item}`]: text } });
    await streamed.end({ status: 'ok' });
    const inBytes = await ledger.begin(START);
    inBytes.chunk({ bytes: Buffer.from(`of ${text} there`), media: 'text/plain' });
    await inBytes.end({ status: 'ok' });
    const together = await ledger.begin(START);
    await together.end({ status: 'ok', response: { value: { all: Array.from({ length: 200 }, () => text) } } });
    const one = await ledger.begin(START);
    await one.end({ status: 'ok', response: { value: { all: `${text} `.repeat(200) } } });
    const found = ledger.entries().flatMap((entry) => (entry.kind === 'outcome' ? [entry] : []));
    expect(found.map(({ sec, red }) => [sec?.length, red?.length])).deep.equal([
      [1, 1],
      [64, 64],
      [1, 1],
      [64, 64],
      [64, 1],
    ]);
    expect(found[0]?.sec?.[0]).include({ name: '/a' });
  });

  it('gives equal secrets equal fingerprints', async () => {
    const [{ text } = { text: '' }] = canaries;
    for (const request of [{ value: { a: text } }, { value: { b: [text] } }]) {
      // oxlint-disable-next-line no-await-in-loop
      await (await ledger.begin({ ...START, request })).end({ status: 'ok' });
    }
    const found = ledger.entries().flatMap((entry) => (entry.kind === 'intent' ? (entry.sec ?? []) : []));
    expect(found.map(({ name }) => name)).deep.equal(['/a', '/b/0']);
    expect(new Set(found.map(({ fp }) => fp)).size).equal(1);
    expect(found[0]?.fp).match(/^[0-9a-f]{32}$/);
  });

  it('leaves nothing in any file of the folder', async () => {
    const root = mkdtempSync(join(tmpdir(), 'spanwright-leaks-'));
    const directory = join(root, 'ledger');
    const all = Object.values(places);
    try {
      await record(await openLedger({ directory }), (index) => all[index % all.length] ?? nothing);
      const found = keptIn(directory);
      expect(found).include('[REDACTED:');
      expect(leaked(found, canaries)).deep.equal([]);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
