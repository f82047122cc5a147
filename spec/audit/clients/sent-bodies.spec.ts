import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';

import { expect } from 'chai';
import nodeFetch from 'node-fetch';

import { auditedFetch } from '#lib/audit/clients/audited-fetch.js';
import { turn } from '../../calls/lifecycle/fixtures/collect.js';
import { PAGES } from './pages.js';
import { RecordingLedger } from './recording-ledger.js';
import { startWatchedServer, type WatchedServer } from './watched-server.js';

async function* apart(...parts: string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    await setTimeout(2);
    yield Buffer.from(part);
  }
}

// The types of Node have no `ReadableStream.from`.
function streamOf(parts: AsyncGenerator<Uint8Array>): ReadableStream {
  return Readable.toWeb(Readable.from(parts)) as ReadableStream;
}

function digestOf(text: string): Record<string, unknown> {
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { hk: 'stream', bytes: Buffer.byteLength(text), sha256, isWhole: true };
}

describe('the body of an audited request', () => {
  let ledger: RecordingLedger;
  let server: WatchedServer;
  const send = async (init: RequestInit): Promise<string> =>
    (await auditedFetch(fetch, { ledger })(`${server.url}/echo`, { method: 'POST', ...init })).text();
  const kept = (): unknown => ledger.request(ledger.only)['body'];
  const sent = (): unknown => ledger.only.items.flatMap((item) => ('value' in item ? [item.value] : [])).at(-1);

  before(async () => {
    server = await startWatchedServer(() => ledger, PAGES);
  });
  beforeEach(() => {
    ledger = new RecordingLedger();
  });
  afterEach(() => {
    expect(server.arrivals.splice(0).every(({ wasIntended }) => wasIntended)).equal(true);
  });
  after(() => server.close());

  it('is kept as it is sent: text, bytes, forms, files', async () => {
    const form = new FormData();
    form.append('name', 'desk');
    form.append('file', new File(['inside'], 'a.txt', { type: 'text/plain' }));
    const bodies: [BodyInit, unknown][] = [
      ['{"q":1}', '{"q":1}'],
      [Buffer.from('größe'), 'größe'],
      [new Uint8Array([255, 0, 254]), new Uint8Array([255, 0, 254])],
      [new URLSearchParams({ q: '1' }), 'q=1'],
      [new Blob(['blob']), 'blob'],
      [
        form,
        [
          { name: 'name', value: 'desk' },
          { name: 'file', file: 'a.txt', media: 'text/plain', value: 'inside' },
        ],
      ],
    ];
    for (const [body, expected] of bodies) {
      ledger = new RecordingLedger();
      server.arrivals.length = 0;
      const echoed = await send({ body });
      expect(kept()).deep.equal(expected);
      if (typeof expected === 'string') expect(echoed).equal(expected);
      else if (Array.isArray(expected)) expect(echoed).match(/name="name"[^]*desk[^]*filename="a.txt"[^]*inside/);
    }
  });

  it('is what it was when it was given', async () => {
    const bytes = Buffer.from('before');
    const headers = { 'x-desk': 'before' };
    const params = new URLSearchParams({ q: 'before' });
    const first = send({ body: bytes, headers });
    const third = auditedFetch(fetch, { ledger })(`${server.url}/headers`, { headers });
    const list: [string, string][] = [['x-desk', 'before']];
    const fourth = auditedFetch(fetch, { ledger })(`${server.url}/headers`, { headers: list });
    const second = auditedFetch(fetch, { ledger })(`${server.url}/echo`, { method: 'POST', body: params });
    bytes.fill('x');
    headers['x-desk'] = 'after';
    params.set('q', 'after');
    list.push(['x-desk', 'after']);
    expect(await first).equal('before');
    expect(await (await second).text()).equal('q=before');
    expect(await (await third).text()).equal('before');
    expect(await (await fourth).text()).equal('before');
    const bodies = ledger.calls.flatMap((call) => ledger.request(call)['body'] ?? []);
    expect(bodies).deep.equal(['before', 'q=before']);
    const [one] = ledger.calls;
    expect(one && ledger.request(one)['headers']).deep.include({ 'x-desk': 'before' });
  });

  it('is digested while it is sent, where it is a stream', async () => {
    const body = streamOf(apart('one,', 'two'));
    expect(await send({ body, duplex: 'half' } as RequestInit)).equal('one,two');
    expect(kept()).deep.equal({ type: 'stream', hk: 'stream' });
    expect(sent()).deep.equal({ sent: digestOf('one,two') });
    ledger = new RecordingLedger();
    server.arrivals.length = 0;
    expect(await send({ body: apart('one,', 'two') as unknown as BodyInit, duplex: 'half' } as RequestInit)).equal(
      'one,two',
    );
    expect(sent()).deep.equal({ sent: digestOf('one,two') });
  });

  it('is digested while node-fetch sends it', async () => {
    const response = await auditedFetch(nodeFetch, { ledger })(`${server.url}/echo`, {
      method: 'POST',
      body: Readable.from(apart('one,', 'two'), { objectMode: false }),
    });
    expect(await response.text()).equal('one,two');
    expect(sent()).deep.equal({ sent: digestOf('one,two') });
  });

  it('of a Request is known before it leaves, where it is at hand', async () => {
    const request = new Request(`${server.url}/echo`, {
      method: 'POST',
      body: 'at hand',
      headers: { 'x-desk': 'yes' },
    });
    const response = await auditedFetch(fetch, { ledger })(request);
    expect(await response.text()).equal('at hand');
    expect(request.bodyUsed).equal(true);
    expect(ledger.request(ledger.only)).deep.include({ method: 'POST', body: 'at hand' });
    expect(ledger.request(ledger.only)['headers']).deep.include({ 'x-desk': 'yes' });
  });

  it('of a Request is digested while it is sent, where it is not', async () => {
    const body = streamOf(apart('one,', 'two'));
    const request = new Request(`${server.url}/echo`, { method: 'POST', body, duplex: 'half' } as RequestInit);
    expect(await (await auditedFetch(fetch, { ledger })(request)).text()).equal('one,two');
    expect(kept()).deep.equal({ type: 'stream', hk: 'stream' });
    expect(sent()).deep.equal({ sent: digestOf('one,two') });
  });

  it('of a Request is not read ahead of what is sent', async () => {
    let made = 0;
    const body = new ReadableStream({
      async pull(controller) {
        await turn();
        made++;
        controller.enqueue(new Uint8Array(65_536));
      },
    });
    const request = new Request('http://127.0.0.1:1/', { method: 'POST', body, duplex: 'half' } as RequestInit);
    ledger.refuseWith = 'AUDIT_DISK_LOW';
    const refused: unknown = await auditedFetch(fetch, { ledger })(request).catch((thrown: unknown) => thrown);
    expect(refused).property('code', 'AUDIT_DISK_LOW');
    for (let turns = 0; turns < 100; turns++) await turn();
    expect(made).lessThan(20);
  });

  it('tells how much of it was sent when the connection fails', async () => {
    const body = streamOf(apart('one,'));
    const failed: unknown = await auditedFetch(fetch, { ledger })('http://127.0.0.1:1/', {
      method: 'POST',
      body,
      duplex: 'half',
    } as RequestInit).catch((thrown: unknown) => thrown);
    expect(failed).instanceOf(TypeError);
    expect(sent()).nested.include({ 'sent.isWhole': false, 'sent.bytes': 0 });
    expect(ledger.only.end?.status).equal('error');
  });

  it('is no matter of what fetch itself refuses', async () => {
    for (const [url, init] of [
      ['no address', {}],
      [`${server.url}/echo`, { body: 'of a GET' }],
      [`${server.url}/echo`, { headers: { 'bad header': 'x' } }],
    ] as [string, RequestInit][]) {
      ledger = new RecordingLedger();
      const error: unknown = await auditedFetch(fetch, { ledger })(url, init).catch((thrown: unknown) => thrown);
      expect(error).instanceOf(TypeError);
      expect(ledger.only.end?.status).equal('error');
    }
  });
});
