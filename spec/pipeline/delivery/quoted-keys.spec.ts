import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect } from 'chai';
import type { DestinationOptions, Tracing } from 'spanwright';
import { configureTracing, diagnose, Traced } from 'spanwright';
import { CollectedWarnings } from '../../collected-warnings.js';

const KEY = 'odd Words of 1 key';

describe('a key that a backend quotes', () => {
  let server: Server;
  let endpoint: string;
  let answer: (headers: IncomingHttpHeaders) => { status: number; text: string };
  let warnings: CollectedWarnings;
  let tracing: Tracing | undefined;

  beforeEach(async () => {
    warnings = new CollectedWarnings();
    server = createServer((request, response) => {
      const { status, text } = answer(request.headers);
      request.resume().once('end', () => response.writeHead(status, { 'content-type': 'text/plain' }).end(text));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    await tracing?.shutdown(100);
    server.closeAllConnections();
    server.close();
    warnings.stop();
  });

  async function saidOf(destination: DestinationOptions): Promise<string> {
    tracing = configureTracing({ destinations: [destination] });
    Traced.run('work', () => 1);
    await tracing.flush(2000);
    const said = JSON.stringify([tracing.health(), diagnose().findings, warnings.seen]);
    expect(said).to.contain('HTTP 4');
    return said;
  }

  it('is said nowhere: a header', async () => {
    answer = ({ 'x-odd': odd }) => ({ status: 401, text: `nobody knows ${String(odd)}` });
    const said = await saidOf({ provider: 'otlp', endpoint, headers: { 'x-odd': KEY } });
    expect(said).to.contain('nobody knows [REDACTED]').and.not.contain(KEY);
  });

  it('is said nowhere: a password, in clear text', async () => {
    answer = ({ authorization = '' }) => ({
      status: 400,
      text: `not ${Buffer.from(authorization.slice(6), 'base64').toString().split(':')[1]}`,
    });
    const said = await saidOf({ provider: 'langfuse', endpoint, publicKey: 'public', secretKey: KEY });
    expect(said).to.contain('not [REDACTED]').and.not.contain(KEY);
  });

  it('is said nowhere: a token without its scheme', async () => {
    answer = ({ authorization = '' }) => ({ status: 403, text: `token=${authorization.split(' ')[1]}` });
    const token = 'q7-Zx_wT-not-like-any-known';
    const said = await saidOf({ provider: 'phoenix', endpoint, apiKey: token });
    expect(said).to.not.contain(token);
  });

  it('is said nowhere, not in part either: where a long answer is cut', async () => {
    answer = ({ 'x-odd': odd }) => ({ status: 401, text: `${'-'.repeat(293)}${String(odd)}` });
    const said = await saidOf({ provider: 'otlp', endpoint, headers: { 'x-odd': KEY } });
    expect(said).to.not.contain('odd W');
    expect(tracing?.health().destinations['otlp']?.lastError).to.have.lengthOf.at.most(500);
  });
});
