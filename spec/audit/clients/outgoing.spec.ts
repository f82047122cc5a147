import { request as httpRequest } from 'node:http';
import { channel, hasSubscribers } from 'node:diagnostics_channel';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { context, createContextKey } from '@opentelemetry/api';
import { expect } from 'chai';
import { ExternalCall, LlmCall, Traced } from 'spanwright';
import { captureSpans } from 'spanwright/testing';
import { fetch as undiciFetch } from 'undici';

import { auditedFetch } from '#lib/audit/clients/audited-fetch.js';
import { auditState, runExempt } from '#lib/audit/current-ledger.js';
import { unreportedCalls, watchOutgoing } from '#lib/audit/outgoing.js';
import { PAGES } from './pages.js';
import { RecordingLedger } from './recording-ledger.js';
import { startWatchedServer, type WatchedServer } from './watched-server.js';

function ask(url: string, options: { method?: string; body?: Readable } = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method: options.method ?? 'GET' }, (response) => {
      response.resume().on('end', resolve);
    });
    request.on('error', reject);
    if (options.body === undefined) request.end();
    else pipeline(options.body, request).catch(reject);
  });
}

describe('watchOutgoing', () => {
  let server: WatchedServer;
  let host = '';
  let stop: () => void;
  const ledger = new RecordingLedger();
  const counted = (): number => unreportedCalls()[host] ?? 0;

  before(async () => {
    server = await startWatchedServer(() => ledger, PAGES);
    ({ host } = new URL(server.url));
  });
  beforeEach(() => {
    auditState().unreported.clear();
    stop = watchOutgoing();
  });
  afterEach(() => stop());
  after(async () => {
    auditState().unreported.clear();
    await server.close();
  });

  it('counts requests of fetch, undici and node:http by host', async () => {
    await (await fetch(`${server.url}/json?token=abc`)).text();
    await (await undiciFetch(`${server.url}/json`)).text();
    await ask(`${server.url}/json`);
    await ask(`${server.url}/echo`, { method: 'POST', body: Readable.from(['some ', 'body']) });
    expect(unreportedCalls()).deep.equal({ [host]: 4 });
  });

  it('counts nothing inside of an audited call, and what follows it', async () => {
    await (await auditedFetch(fetch, { ledger })(`${server.url}/json`)).text();
    expect(counted()).equal(0);
    await (await fetch(`${server.url}/json`)).text();
    expect(counted()).equal(1);
  });

  it('counts nothing inside of calls that are reported, sampled out or below', async () => {
    class Desk {
      @ExternalCall({ callType: 'http' })
      async external(): Promise<void> {
        await this.inner();
      }
      @Traced()
      async inner(): Promise<void> {
        await ask(`${server.url}/json`);
        await (await fetch(`${server.url}/json`)).text();
      }
      @LlmCall()
      async model(): Promise<void> {
        await ask(`${server.url}/echo`, { method: 'POST', body: Readable.from(['some ', 'body']) });
      }
    }
    const spans = captureSpans();
    try {
      const desk = new Desk();
      await desk.external();
      await desk.model();
      expect(counted()).equal(0);
      await desk.inner();
      expect(counted()).equal(2);
    } finally {
      spans.stop();
    }
  });

  it('counts what runs on after such a call', async () => {
    let later: Promise<void> | undefined;
    const spans = captureSpans();
    try {
      await ExternalCall.run({ callType: 'http' }, async () => {
        later = new Promise((resolve) => {
          setTimeout(() => resolve(ask(`${server.url}/json`)), 20);
        });
        return Promise.resolve();
      });
      await later;
      expect(counted()).equal(1);
    } finally {
      spans.stop();
    }
  });

  it('counts a request once that is told of twice', async () => {
    // Node 22 tells when it is made as well.
    const made = httpRequest(`${server.url}/json`);
    channel('http.client.request.created').publish({ request: made });
    await new Promise((resolve) => {
      made.on('response', (response) => response.resume().on('end', resolve)).end();
    });
    expect(counted()).equal(1);
  });

  it('counts nothing that exporters and the library itself send', async () => {
    const spans = captureSpans();
    const suppressed = context
      .active()
      .setValue(createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING'), true);
    try {
      await context.with(suppressed, () => ask(`${server.url}/json`));
      await runExempt(() => ask(`${server.url}/json`));
      expect(counted()).equal(0);
    } finally {
      spans.stop();
    }
  });

  it('keeps no credentials and a bounded number of hosts', () => {
    const told = channel('undici:request:create');
    for (let n = 0; n < 150; n++) told.publish({ request: { origin: `https://user:secret@h${n}.example:8080` } });
    told.publish({ request: { origin: 'no address' } });
    const hosts = Object.keys(unreportedCalls());
    expect(hosts).length(101);
    expect(hosts[0]).equal('h0.example:8080');
    expect(unreportedCalls()['other']).equal(51);
    expect(hosts.join()).not.include('secret');
  });

  it('listens as long as somebody wants it', () => {
    const second = watchOutgoing();
    stop();
    stop();
    expect(hasSubscribers('http.client.request.start')).equal(true);
    second();
    expect(hasSubscribers('http.client.request.start')).equal(false);
    expect(hasSubscribers('undici:request:create')).equal(false);
  });
});
