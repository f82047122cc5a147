import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';

import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect } from 'chai';

import { auditedClient } from '#lib/audit/clients/audited-client.js';
import { collectUntil } from '../../calls/lifecycle/fixtures/collect.js';
import { RecordingLedger } from './recording-ledger.js';
import { startWatchedWire, type WatchedWire } from './watched-wire.js';
import { startWatchedServer, type WatchedServer } from './watched-server.js';

const PARTS = ['one,', 'two,', 'three'];

async function writeApart(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/plain' });
  for (const part of PARTS) {
    response.write(part);
    await setTimeout(10);
  }
  response.end();
}

describe('auditedClient around a client of blobs', () => {
  let ledger: RecordingLedger;
  let server: WatchedServer;
  let wire: WatchedWire;
  let s3: S3Client;
  let stored = '';
  /** Requests that came although no intent was durable. */
  let early = 0;

  before(async () => {
    server = await startWatchedServer(() => new RecordingLedger(), {
      '/desk/apart': (_, response) => void writeApart(response),
      '/desk/cut': (_, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('some of it');
        setImmediate(() => response.destroy());
      },
      '/desk/whole': (request, response, body) => {
        if (request.method === 'PUT') stored = body.toString();
        response.writeHead(200, { 'content-type': 'text/plain', etag: '"1"' }).end(stored);
      },
    });
    wire = await startWatchedWire(Number(new URL(server.url).port), () => {
      if (!ledger.calls.every(({ isIntentDurable }) => isIntentDurable) || ledger.calls.length === 0) early++;
    });
  });
  beforeEach(() => {
    ledger = new RecordingLedger();
    early = 0;
    const plain = new S3Client({
      endpoint: `http://127.0.0.1:${wire.port}`,
      region: 'eu-central-1',
      forcePathStyle: true,
      credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      maxAttempts: 1,
    });
    s3 = auditedClient(plain, { callType: 'blob', provider: 's3', methods: ['send'], ledger });
  });
  afterEach(() => {
    s3.destroy();
    expect(early).equal(0);
  });
  after(async () => {
    await wire.close();
    await server.close();
  });

  const get = (Key: string): GetObjectCommand => new GetObjectCommand({ Bucket: 'desk', Key });

  it('keeps the client and what its results can do', async () => {
    expect(s3).instanceOf(S3Client);
    const put = await s3.send(new PutObjectCommand({ Bucket: 'desk', Key: 'whole', Body: 'größe' }));
    expect(put.ETag).equal('"1"');
    const { Body, ContentType } = await s3.send(get('whole'));
    expect(ContentType).equal('text/plain');
    expect(await Body?.transformToString()).equal('größe');
    expect(ledger.calls.map(({ end }) => end?.status)).deep.equal(['ok', 'ok']);
    expect(ledger.calls[0]?.start).nested.include({
      system: 'blob',
      provider: 's3',
      'op.class': 'S3Client',
      'op.method': 'send',
      'request.value[0].command': 'PutObjectCommand',
      'request.value[0].input.Body': 'größe',
    });
    expect(ledger.answer(ledger.calls[1] ?? ledger.only)).equal('größe');
  });

  it('digests a body that is a stream while it is sent', async () => {
    const Body = Readable.from(['one,', 'two'], { objectMode: false });
    await s3.send(new PutObjectCommand({ Bucket: 'desk', Key: 'whole', Body, ContentLength: 7 }));
    expect(stored).equal('one,two');
    expect(ledger.only.start).nested.include({ 'request.value[0].input.Body.hk': 'stream' });
    const sha256 = createHash('sha256').update('one,two').digest('hex');
    const sent = { hk: 'stream', bytes: 7, sha256, isWhole: true };
    expect(ledger.only.end?.response).nested.property('value.sent').deep.equal([sent]);
  });

  it('withholds the last piece of a body until the outcome is durable', async () => {
    const release = ledger.holdOutcomes();
    const { Body } = await s3.send(get('apart'));
    const seen: string[] = [];
    const reading = (async () => {
      for await (const chunk of Body as Readable) seen.push(String(chunk));
    })();
    while (ledger.only.end === undefined) await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(seen.join('')).equal('one,two,');
    release();
    await reading;
    expect(seen.join('')).equal('one,two,three');
    expect(ledger.answer(ledger.only)).equal('one,two,three');
    expect(ledger.only.end).deep.equal({ status: 'ok' });
  });

  it('gives a body that arrived at once when its outcome is durable', async () => {
    stored = 'short';
    const { Body } = await s3.send(get('whole'));
    expect(await (Body as Readable).toArray().then((all) => Buffer.concat(all as Buffer[]).toString())).equal('short');
    expect(ledger.only.isOutcomeDurable).equal(true);
  });

  it('gives what a Web stream of it reads', async () => {
    const { Body } = await s3.send(get('apart'));
    const web = Body?.transformToWebStream() as ReadableStream<Uint8Array>;
    expect(await new Response(web).text()).equal('one,two,three');
    expect(ledger.only.end).deep.equal({ status: 'ok' });
  });

  it('fails a body whose outcome is lost, and one that broke off', async () => {
    const broken: unknown = await s3
      .send(get('cut'))
      .then(({ Body }) => Body?.transformToString())
      .catch((thrown: unknown) => thrown);
    expect(broken).property('code', 'ECONNRESET');
    expect(ledger.only.end).nested.include({ status: 'error', 'error.code': 'ECONNRESET', 'error.retryable': true });
    expect(ledger.only.isOutcomeDurable).equal(true);
    ledger.losesOutcomes = true;
    const lost: unknown = await s3
      .send(get('apart'))
      .then(({ Body }) => Body?.transformToString())
      .catch((thrown: unknown) => thrown);
    expect(lost).property('code', 'AUDIT_OUTCOME_LOST');
  });

  it('ends the call as cancelled when a body is thrown away', async () => {
    const { Body } = await s3.send(get('apart'));
    (Body as Readable).destroy();
    while (!ledger.only.isOutcomeDurable) await new Promise(setImmediate);
    expect(ledger.only.end).deep.equal({ status: 'cancelled' });
  });

  it('tells the status of what the service refused', async () => {
    const error: unknown = await s3.send(get('nothing')).catch((thrown: unknown) => thrown);
    expect(error).instanceOf(Error);
    expect(ledger.only.end).nested.include({ status: 'error', 'error.type': '404' });
  });

  it('calls a callback of the client when the outcome is durable', async () => {
    stored = 'told';
    const seen = await new Promise((resolve) => {
      s3.send(get('whole'), (error: unknown, result?: { ETag?: string | undefined }) => resolve([error, result?.ETag]));
    });
    expect(seen).deep.equal([null, '"1"']);
    expect(ledger.only.end?.status).equal('ok');
  });
});

describe('a plain object with methods', () => {
  it('is copied, and what its methods give is gated', async () => {
    const ledger = new RecordingLedger();
    const desk = {
      list: async () => {
        await setTimeout(1);
        return {
          async *[Symbol.asyncIterator]() {
            yield 1;
            yield 2;
            await setTimeout(1);
          },
        };
      },
      // Gives its next piece when it is asked for one.
      read: async (parts: string[]) =>
        Promise.resolve(
          new Readable({
            read() {
              this.push(parts.shift() ?? null);
            },
          }),
        ),
      open: async (text: string) => Promise.resolve(Readable.from([text])),
      web: async (text: string) => Promise.resolve(new Response(text).body),
    };
    const audited = auditedClient(desk, { callType: 'other', methods: ['list', 'open', 'read', 'web'], ledger });
    expect(audited).not.equal(desk);
    const numbers: number[] = [];
    for await (const number of await audited.list()) numbers.push(number);
    expect(numbers).deep.equal([1, 2]);
    expect(ledger.only.isOutcomeDurable).equal(true);
    expect(ledger.only.items.slice(1)).deep.equal([{ value: 1 }, { value: 2 }]);
    expect(await (await audited.open('text')).toArray()).deep.equal(['text']);
    expect(await new Response(await audited.web('words')).text()).equal('words');
    expect(ledger.calls.map(({ end }) => end?.status)).deep.equal(['ok', 'ok', 'ok']);
    const pieces = (await (await audited.read(['one,', 'two,', 'three'])).toArray()) as Buffer[];
    expect(Buffer.concat(pieces).toString()).equal('one,two,three');
    await (await audited.list())[Symbol.asyncIterator]().next();
    await collectUntil(() => ledger.calls[4]?.isOutcomeDurable === true);
    expect(ledger.calls[4]?.end).deep.equal({ status: 'abandoned' });
  });
});
