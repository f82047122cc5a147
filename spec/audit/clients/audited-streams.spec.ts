import { expect } from 'chai';

import { auditedFetch } from '#lib/audit/clients/audited-fetch.js';
import { onCollected } from '#lib/core/collected.js';
import { collectUntil } from '../../calls/lifecycle/fixtures/collect.js';
import { PAGES } from './pages.js';
import { RecordingLedger } from './recording-ledger.js';
import { startWatchedServer, type WatchedServer } from './watched-server.js';

async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function collectOnce(): Promise<void> {
  let isGone = false;
  onCollected({ some: 'object' }, () => {
    isGone = true;
  });
  await collectUntil(() => isGone);
}

function bodyOf(response: Response): ReadableStream<Uint8Array> {
  if (response.body === null) throw new Error('no body');
  return response.body;
}

describe('the body of an audited response', () => {
  let ledger: RecordingLedger;
  let server: WatchedServer;
  const ask = (path: string, init?: RequestInit): Promise<Response> =>
    auditedFetch(fetch, { ledger })(server.url + path, init);

  before(async () => {
    server = await startWatchedServer(() => ledger, PAGES);
  });
  beforeEach(() => {
    ledger = new RecordingLedger();
  });
  after(() => server.close());

  it('is one stream of bytes, however often it is asked for', async () => {
    const response = await ask('/three');
    expect(response.body).instanceOf(ReadableStream);
    expect(response.body).equal(response.body);
    expect(await textOf(bodyOf(response))).equal('one,two,three');
    expect(ledger.only.end).deep.equal({ status: 'ok' });
    expect(response.bodyUsed).equal(true);
  });

  it('fills buffers of the reader', async () => {
    const reader = bodyOf(await ask('/three')).getReader({ mode: 'byob' });
    let text = '';
    for (;;) {
      const { done, value } = await reader.read(new Uint8Array(4));
      text += Buffer.from(value ?? []).toString();
      if (done) break;
    }
    expect(text).equal('one,two,three');
    expect(ledger.answer(ledger.only)).equal('one,two,three');
    expect(ledger.only.isOutcomeDurable).equal(true);
  });

  it('gives a reader its buffer back when nothing came', async () => {
    const reader = bodyOf(await ask('/empty')).getReader({ mode: 'byob' });
    expect((await reader.read(new Uint8Array(4))).done).equal(true);
    expect(ledger.only.isOutcomeDurable).equal(true);
  });

  it('can be split', async () => {
    const [one, other] = bodyOf(await ask('/three')).tee();
    expect(await Promise.all([textOf(one), textOf(other)])).deep.equal(['one,two,three', 'one,two,three']);
    expect(ledger.answer(ledger.only)).equal('one,two,three');
  });

  it('can be piped', async () => {
    const chunks: Uint8Array[] = [];
    await bodyOf(await ask('/three')).pipeTo(
      new WritableStream({ write: (chunk: Uint8Array) => void chunks.push(chunk) }),
    );
    expect(Buffer.concat(chunks).toString()).equal('one,two,three');
    expect(await textOf(bodyOf(await ask('/text')).pipeThrough(new TransformStream()))).equal('größe');
    expect(ledger.calls.map(({ end }) => end?.status)).deep.equal(['ok', 'ok']);
  });

  it('can be cloned after it was looked at, and not after it was read', async () => {
    const response = await ask('/three');
    expect(response.body?.locked).equal(false);
    const copy = response.clone();
    expect(await response.text()).equal('one,two,three');
    expect(await copy.text()).equal('one,two,three');
    expect(() => response.clone()).throw(TypeError);
  });

  it('counts when one of two clones was read, whichever', async () => {
    const response = await ask('/three');
    response.clone();
    expect(await response.text()).equal('one,two,three');
    expect(ledger.only.isOutcomeDurable).equal(true);
    ledger = new RecordingLedger();
    const copy = (await ask('/three')).clone();
    expect(await copy.text()).equal('one,two,three');
    expect(ledger.only.isOutcomeDurable).equal(true);
  });

  it('cannot be read by the response while somebody else reads it', async () => {
    const response = await ask('/three');
    const reader = bodyOf(response).getReader();
    const error: unknown = await response.text().catch((thrown: unknown) => thrown);
    expect(error).instanceOf(TypeError);
    await reader.cancel();
  });

  it('ends the call as cancelled when it is', async () => {
    const body = bodyOf(await ask('/endless'));
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
      expect(Buffer.from(chunk).toString()).equal('first,');
      break;
    }
    expect(ledger.only.end).deep.equal({ status: 'cancelled' });
    expect(ledger.only.isOutcomeDurable).equal(true);
  });

  it('gives what came before an answer broke off', async () => {
    const seen: string[] = [];
    const reading = async (): Promise<void> => {
      for await (const chunk of bodyOf(await ask('/cut')) as unknown as AsyncIterable<Uint8Array>) {
        seen.push(Buffer.from(chunk).toString());
      }
    };
    const error: unknown = await reading().catch((thrown: unknown) => thrown);
    expect(error).instanceOf(TypeError);
    expect(seen).deep.equal(['some of it']);
    expect(ledger.only).nested.include({ 'end.status': 'error', isOutcomeDurable: true });
  });

  it('ends the call when both clones are cancelled, and not before', async () => {
    const response = await ask('/endless');
    const copy = response.clone();
    const first = response.body?.cancel();
    expect(ledger.only.end).equal(undefined);
    await Promise.all([first, copy.body?.cancel()]);
    expect(ledger.only.end).deep.equal({ status: 'cancelled' });
  });

  it('keeps the error of an answer whose body is thrown away', async () => {
    await (await ask('/busy')).body?.cancel();
    expect(ledger.only.end).nested.include({ status: 'error', 'error.code': '429' });
  });

  it('ends the call as cancelled when the request is aborted and nobody reads', async () => {
    const controller = new AbortController();
    await ask('/endless', { signal: controller.signal });
    controller.abort();
    expect(ledger.only.end?.status).equal('cancelled');
  });

  it('tells a timeout', async () => {
    const error: unknown = await ask('/endless', { signal: AbortSignal.timeout(50) })
      .then((response) => response.text())
      .catch((thrown: unknown) => thrown);
    expect(error).property('name', 'TimeoutError');
    expect(ledger.only.end?.status).equal('timeout');
  });

  it('ends the call as abandoned when nobody reads it', async () => {
    await ask('/three');
    await collectUntil(() => ledger.only.isOutcomeDurable);
    expect(ledger.only.end).deep.equal({ status: 'abandoned' });
  });

  it('ends the call as abandoned when it is read in part', async () => {
    await (async () => {
      const reader = bodyOf(await ask('/endless')).getReader();
      await reader.read();
    })();
    await collectUntil(() => ledger.only.isOutcomeDurable);
    expect(ledger.only.end).deep.equal({ status: 'abandoned' });
    expect(ledger.answer(ledger.only)).equal('first,second,');
  });

  it('lives on without its response', async () => {
    const body = await (async () => bodyOf(await ask('/three')))();
    for (let round = 0; round < 5; round++) await collectOnce();
    expect(await textOf(body)).equal('one,two,three');
    expect(ledger.only.end).deep.equal({ status: 'ok' });
  });
});
