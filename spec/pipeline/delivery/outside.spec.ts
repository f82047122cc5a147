import { AsyncLocalStorage } from 'node:async_hooks';
import diagnostics from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { context, trace } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import { expect } from 'chai';
import type { Tracing } from 'spanwright';
import { configureTracing, Traced } from 'spanwright';
import { CollectedWarnings } from '../../collected-warnings.js';
import { eventually } from '../accounts.js';
import { OtlpServer } from '../otlp-server.js';

interface Seen {
  readonly isSuppressed: boolean;
  readonly hasSpan: boolean;
  readonly store: unknown;
}

describe('requests of our own', () => {
  const stores = new AsyncLocalStorage<string>();
  let server: OtlpServer;
  let tracing: Tracing;
  let warnings: CollectedWarnings;
  let seen: Seen[];

  // Where instrumentations of HTTP look as well.
  const note = (message: unknown): void => {
    const { request } = message as { request: ClientRequest };
    if (request.path !== '/v1/traces') return;
    const active = context.active();
    seen.push({
      isSuppressed: isTracingSuppressed(active),
      hasSpan: trace.getSpan(active) !== undefined,
      store: stores.getStore(),
    });
  };

  beforeEach(async () => {
    seen = [];
    warnings = new CollectedWarnings();
    server = await new OtlpServer().start();
    tracing = configureTracing({
      logger: warnings.logger,
      lastResort: '/dev/null',
      destinations: [
        { provider: 'otlp', endpoint: server.endpoint, batch: { delayMs: 10 }, breaker: { failures: 2, openMs: 30 } },
      ],
    });
    diagnostics.subscribe('http.client.request.start', note);
  });
  afterEach(async () => {
    diagnostics.unsubscribe('http.client.request.start', note);
    await tracing.shutdown(100);
    await server.stop();
    warnings.stop();
  });

  it('are not traced, and belong to no call and no store of the user’s', async () => {
    // Retries, trials and what a timer started are others' turns of the loop: each has to be outside.
    server.status = 500;
    await stores.run('of a request', () =>
      Traced.run('call', async () => {
        for (let n = 0; n < 600; n++) Traced.run('below', () => n);
        await tracing.flush(300);
        await eventually(() => server.attempts >= 4, 'retries and trials');
      }),
    );
    server.status = 200;
    stores.run('another', () => Traced.run('later', () => 1));
    await eventually(() => server.spans.length >= 602, 'delivered');
    expect(seen).to.have.lengthOf.at.least(5);
    for (const one of seen) expect(one).to.deep.equal({ isSuppressed: true, hasSpan: false, store: undefined });
  });

  it('leave what is active in a call as it was', async () => {
    await stores.run('of a request', () =>
      Traced.run('call', async () => {
        const before = trace.getActiveSpan();
        await tracing.flush(1000);
        expect(trace.getActiveSpan()).to.equal(before);
        expect(isTracingSuppressed(context.active())).to.equal(false);
        expect(stores.getStore()).to.equal('of a request');
      }),
    );
  });
});
