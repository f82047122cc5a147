import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';

import { expect } from 'chai';
import { AuditedCall, auditedFetch, configureTracing, health } from 'spanwright';
import type { Ledger } from 'spanwright/audit';
import { memoryLedger } from 'spanwright/testing';

import { eventually } from '../pipeline/accounts.js';
import { OtlpServer } from '../pipeline/otlp-server.js';

/** A ledger whose state is what a spec says; nothing is recorded in it. */
class StatedLedger {
  state = 'open';
  begin = (): never => {
    throw new Error('it takes no calls');
  };
  append = this.begin;
  close = async (): Promise<void> => {};

  health(): { state: string } {
    if (this.state === 'unreadable') throw new Error('it cannot be read');
    return { state: this.state };
  }
}

describe('the health of a ledger', () => {
  it('is a reason not to be healthy once it is poisoned', async () => {
    const ledger = new StatedLedger();
    const tracing = configureTracing({ audit: ledger as unknown as Ledger });
    expect(health()).deep.include({ healthy: true, reasons: [], audit: 'open' });
    for (const state of ['poisoned', 'unreadable']) {
      ledger.state = state;
      expect(health()).deep.include({ healthy: false, reasons: ['audit_poisoned'], audit: 'poisoned' });
      expect(tracing.status().audit).equal('poisoned');
    }
    ledger.state = 'closed';
    expect(health()).deep.include({ healthy: true, audit: 'none' });
    await tracing.shutdown();
  });

  describe('with requests', () => {
    let server: Server;
    let host: string;
    before(async () => {
      server = createServer((_request, response) => response.end('ok')).listen(0, '127.0.0.1');
      await once(server, 'listening');
      host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    after(() => {
      server.closeAllConnections();
      server.close();
    });

    const ask = async (): Promise<string> => await (await fetch(`http://${host}/`)).text();
    const seen = (): number => health().unreportedCalls[host] ?? 0;

    it('counts those outside of audited calls while a ledger is in force or tracing is on', async () => {
      await ask();
      expect(seen()).equal(0);
      using ledger = memoryLedger();
      await ask();
      await AuditedCall.wrap('ask', ask)();
      await (await auditedFetch(fetch)(`http://${host}/`)).text();
      expect(seen()).equal(1);
      ledger.stop();
      await ask();
      expect(seen()).equal(1);
      const tracing = configureTracing({ destinations: [{ provider: 'memory' }] });
      await ask();
      expect(seen()).equal(2);
      await tracing.shutdown();
      await ask();
      expect(seen()).equal(2);
    });

    it('is exported as metrics', async () => {
      const backend = await new OtlpServer().start();
      using ledger = memoryLedger();
      const tracing = configureTracing({ metrics: { endpoint: backend.metricsEndpoint } });
      try {
        await ask();
        await AuditedCall.wrap('ask', ask)();
        await tracing.flush();
        const names = ['spanwright.ledger.entries', 'spanwright.ledger.poisoned', 'spanwright.calls.unreported'];
        await eventually(() => names.every((name) => backend.pointsOf(name).length > 0), 'metrics arrived');
        const [entries, poisoned] = names.map((name) => backend.pointsOf(name)[0]?.value);
        expect([entries, poisoned]).deep.equal([ledger.entries().length, 0]);
        const hosts = backend
          .pointsOf('spanwright.calls.unreported')
          .map(({ attributes }) => attributes['server.address']);
        expect(hosts).include(host);
      } finally {
        await tracing.shutdown();
        await backend.stop();
      }
    });
  });
});
