import { expect } from 'chai';
import nodeFetch from 'node-fetch';
import { fetch as undiciFetch } from 'undici';

import { auditedFetch, type FetchFunction } from '#lib/audit/clients/audited-fetch.js';
import { PAGES } from './pages.js';
import { RecordingLedger } from './recording-ledger.js';
import { startWatchedServer, type WatchedServer } from './watched-server.js';

type Implementation = (url: string, init?: RequestInit) => Promise<Response>;

const implementations: Record<string, FetchFunction> = {
  'the global fetch': fetch,
  undici: undiciFetch,
  'node-fetch': nodeFetch,
};

describe('auditedFetch', () => {
  let ledger: RecordingLedger;
  let server: WatchedServer;

  before(async () => {
    server = await startWatchedServer(() => ledger, PAGES);
  });
  beforeEach(() => {
    ledger = new RecordingLedger();
    server.arrivals.length = 0;
  });
  after(() => server.close());

  for (const [name, plain] of Object.entries(implementations)) {
    describe(`around ${name}`, () => {
      let ask: Implementation;
      beforeEach(() => {
        const audited = auditedFetch(plain, { provider: 'desk', ledger }) as unknown as Implementation;
        ask = (url, init) => audited(server.url + url, init);
      });

      it('lets a request leave when its intent is durable, and not before', async () => {
        await Promise.all(Array.from({ length: 20 }, async () => (await ask('/json')).text()));
        expect(server.arrivals).length(20);
        expect(server.arrivals.filter(({ wasIntended }) => !wasIntended)).deep.equal([]);
      });

      it('gives a response of the same class, whose methods work', async () => {
        const foreign = await (plain as unknown as Implementation)(`${server.url}/json`);
        const response = await ask('/json');
        expect(response.constructor).equal(foreign.constructor);
        expect(response.status).equal(200);
        expect(response.headers.get('content-type')).equal('application/json');
        expect(response.bodyUsed).equal(false);
        expect(await response.json()).deep.equal({ ticket: 7 });
        expect(response.bodyUsed).equal(true);
        await foreign.text();
      });

      it('records what was asked and what came back', async () => {
        await (await ask('/json?a=1', { method: 'POST', body: '{"q":1}', headers: { 'X-Desk': 'yes' } })).text();
        const { start, end } = ledger.only;
        expect(start).deep.include({ system: 'http', provider: 'desk', op: { method: 'fetch' } });
        expect(start.host).equal(new URL(server.url).host);
        expect(ledger.request(ledger.only)).deep.include({ method: 'POST', path: '/json?a=1', body: '{"q":1}' });
        expect(ledger.request(ledger.only)['headers']).deep.include({ 'x-desk': 'yes' });
        expect(ledger.only.items[0]).nested.include({ 'value.status': 200 });
        expect(ledger.answer(ledger.only)).equal('{"ticket":7}');
        expect(end).deep.equal({ status: 'ok' });
      });

      it('makes no request whose intent is refused', async () => {
        ledger.refuseWith = 'AUDIT_DISK_LOW';
        const error: unknown = await ask('/json').catch((thrown: unknown) => thrown);
        expect(error).property('code', 'AUDIT_DISK_LOW');
        expect(server.arrivals).deep.equal([]);
      });

      it('gives every read of a body what was sent', async () => {
        expect(await (await ask('/text')).text()).equal('größe');
        expect(Buffer.from(await (await ask('/text')).arrayBuffer()).toString()).equal('größe');
        const blob = await (await ask('/text')).blob();
        expect(await blob.text()).equal('größe');
        expect(blob.type.replaceAll(' ', '')).equal('text/plain;charset=utf-8');
        expect([...(await (await ask('/form')).formData())]).deep.equal([
          ['ticket', '7'],
          ['open', 'yes'],
        ]);
        expect(ledger.calls.map(({ end }) => end?.status)).deep.equal(['ok', 'ok', 'ok', 'ok']);
      });

      it('withholds the last chunk until the outcome is durable', async () => {
        const release = ledger.holdOutcomes();
        const response = await ask('/three');
        const seen: string[] = [];
        const reading = (async () => {
          for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
            seen.push(Buffer.from(chunk).toString());
          }
        })();
        while (ledger.only.end === undefined) await new Promise(setImmediate);
        await new Promise(setImmediate);
        expect(seen.join('')).equal('one,two,');
        expect(ledger.only.isOutcomeDurable).equal(false);
        release();
        await reading;
        expect(seen.join('')).equal('one,two,three');
        expect(ledger.answer(ledger.only)).equal('one,two,three');
      });

      it('waits for the outcome before it returns what has no body', async () => {
        for (const [path, method] of [
          ['/none', 'GET'],
          ['/json', 'HEAD'],
          ['/zero', 'GET'],
        ] as const) {
          await ask(path, { method });
        }
        expect(ledger.calls.map(({ isOutcomeDurable }) => isOutcomeDurable)).deep.equal([true, true, true]);
      });

      it('rejects the reading of a body whose outcome is lost', async () => {
        ledger.losesOutcomes = true;
        const response = await ask('/three');
        const error: unknown = await response.text().catch((thrown: unknown) => thrown);
        expect(error).property('code', 'AUDIT_OUTCOME_LOST');
        const empty: unknown = await ask('/none').catch((thrown: unknown) => thrown);
        expect(empty).property('code', 'AUDIT_OUTCOME_LOST');
      });

      it('calls an answer of 429 an error that may be tried again', async () => {
        expect(await (await ask('/busy')).text()).equal('later');
        const error = { type: 'http', code: '429', retryable: true };
        expect(ledger.only.end).deep.equal({ status: 'error', error });
      });

      it('tells a connection that failed', async () => {
        const error: unknown = await (auditedFetch(plain, { ledger }) as unknown as Implementation)(
          'http://127.0.0.1:1/',
        ).catch((thrown: unknown) => thrown);
        expect(error).instanceOf(Error);
        expect(ledger.only.end).deep.include({ status: 'error' });
        expect(ledger.only.isOutcomeDurable).equal(true);
        expect(ledger.only.cause?.thrown).equal(error);
      });

      it('tells an answer that broke off, and keeps what came', async () => {
        const response = await ask('/cut');
        const error: unknown = await response.text().catch((thrown: unknown) => thrown);
        expect(error).instanceOf(Error);
        expect(ledger.only.end?.status).equal('error');
        expect(ledger.answer(ledger.only)).equal('some of it');
      });

      it('gives each of two clones the whole body, and counts it once', async () => {
        const response = await ask('/three');
        const copy = response.clone();
        expect(copy.status).equal(200);
        expect(await Promise.all([response.text(), copy.text()])).deep.equal(['one,two,three', 'one,two,three']);
        expect(ledger.answer(ledger.only)).equal('one,two,three');
        expect(ledger.only.end).deep.equal({ status: 'ok' });
      });

      it('follows a redirect inside of one call', async () => {
        const response = await ask('/moved');
        expect(await response.json()).deep.equal({ ticket: 7 });
        expect(server.arrivals.map(({ path }) => path)).deep.equal(['/moved', '/json']);
        expect(ledger.only.items[0]).nested.include({ 'value.redirected': true });
      });

      it('tells a call that was aborted', async () => {
        const controller = new AbortController();
        const response = await ask('/endless', { signal: controller.signal });
        controller.abort();
        const error: unknown = await response.text().catch((thrown: unknown) => thrown);
        expect(error).property('name', 'AbortError');
        expect(ledger.only.end?.status).equal('cancelled');
      });

      it('refuses to read a body twice, as the response itself does', async () => {
        const response = await ask('/text');
        await response.text();
        const error: unknown = await response.text().catch((thrown: unknown) => thrown);
        expect(error).instanceOf(TypeError);
      });
    });
  }
});
