import { AssertionError } from 'node:assert';
import type { IncomingMessage, Server } from 'node:http';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';

import { expect } from 'chai';
import { AuditedCall, auditedFetch, ExternalCall } from 'spanwright';
import { captureSpans, expectEveryCallAudited, memoryLedger } from 'spanwright/testing';

describe('expectEveryCallAudited', () => {
  let server: Server;
  let url: string;
  let host: string;

  before(async () => {
    server = createServer((_request, response) => response.end('ok')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    url = `http://${host}/`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const ask = async (): Promise<string> => await (await fetch(url)).text();

  it('passes where requests leave inside of audited and external calls', async () => {
    using ledger = memoryLedger();
    await AuditedCall.wrap('audited', ask)();
    // Nobody knows of an external call that nobody traces.
    await captureSpans(() => ExternalCall.wrap('external', ask)());
    await (await auditedFetch(fetch)(url)).text();
    expectEveryCallAudited();
    expect(ledger.calls()).length(2);
  });

  it('names hosts and counts of those outside, by fetch and by http', async () => {
    using ledger = memoryLedger();
    await Promise.all([ask(), ask()]);
    const [response] = (await once(get(url), 'response')) as [IncomingMessage];
    await once(response.resume(), 'end');
    expect(() => expectEveryCallAudited()).throw(AssertionError, `got others to ${host}: 3`);
    ledger.reset();
    expectEveryCallAudited();
  });

  it('looks at a function alone', async () => {
    expect(await expectEveryCallAudited(() => Promise.resolve(1))).equal(1);
    const error: unknown = await expectEveryCallAudited(ask).catch((caught: unknown) => caught);
    expect(error).instanceOf(AssertionError);
  });
});
