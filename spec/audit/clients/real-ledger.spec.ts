import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Anthropic from '@anthropic-ai/sdk';
import { expect } from 'chai';
import OpenAI from 'openai';

import { auditedClient } from '#lib/audit/clients/audited-client.js';
import { auditedFetch } from '#lib/audit/clients/audited-fetch.js';
import type { IntentEntry, OutcomeEntry } from '#lib/audit/entry.js';
import type { Ledger } from '#lib/audit/ledger.js';
import { createMemoryLedger, type MemoryLedger } from '#lib/audit/memory-ledger.js';
import { openLedgerWith } from '#lib/audit/open-ledger.js';
import { modelPages } from './model-pages.js';
import { PAGES } from './pages.js';
import { RecordingLedger } from './recording-ledger.js';
import { startWatchedServer, type WatchedServer } from './watched-server.js';

const SECRET = 'sk-proj-Zk3vQ8mX2nL7wR5tY9bC4dF6gH1jKpSa';

function intents(ledger: MemoryLedger): IntentEntry[] {
  return ledger.entries().filter((entry): entry is IntentEntry => entry.kind === 'intent');
}

function outcomes(ledger: MemoryLedger): OutcomeEntry[] {
  return ledger.entries().filter((entry): entry is OutcomeEntry => entry.kind === 'outcome');
}

function kept(ledger: MemoryLedger, ref: string | undefined): string {
  return ledger.payload(ref ?? '')?.toString() ?? '';
}

function everyByte(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'latin1'))
    .join('\n');
}

describe('audited clients and a ledger', () => {
  let server: WatchedServer;
  const failures = { left: 0 };

  before(async () => {
    server = await startWatchedServer(() => new RecordingLedger(), { ...PAGES, ...modelPages(failures) });
  });
  after(() => server.close());

  it('keep a request before it leaves and an answer when it came, without the key', async () => {
    await using ledger = createMemoryLedger({ level: 'requestResponse' });
    const fetched = auditedFetch(fetch, { ledger, provider: 'desk' });
    const headers = { authorization: `Bearer ${SECRET}`, 'x-desk': 'yes' };
    const response = await fetched(`${server.url}/echo?api_key=${SECRET}&page=2`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ q: 'Capital?', api_key: SECRET }),
    });
    expect(await response.json()).deep.equal({ q: 'Capital?', api_key: SECRET });
    const [intent] = intents(ledger);
    const [outcome] = outcomes(ledger);
    expect(intent?.ext).deep.include({ system: 'http', provider: 'desk' });
    expect(intent?.ext.endpointHostFp).match(/^[0-9a-f]{32}$/);
    const request = kept(ledger, intent?.req?.ref);
    expect(JSON.parse(request)).deep.include({ method: 'POST' });
    expect(request).include('Capital?').include('page=2').include('"x-desk":"yes"').not.include(SECRET);
    expect(intent?.sec?.length).greaterThan(0);
    expect(outcome?.res).deep.include({ hk: 'stream' });
    const answer = kept(ledger, outcome?.res?.ref);
    expect(answer).include('"status":200').include('Capital?').not.include(SECRET);
    expect(JSON.stringify(ledger.entries())).not.include(SECRET).not.include('Capital?');
  });

  it('keep the calls of models, whose retries share an id', async () => {
    await using ledger = createMemoryLedger();
    const options = { callType: 'llm', ledger };
    const openai = auditedClient(new OpenAI({ apiKey: SECRET, baseURL: server.url }), options);
    const anthropic = auditedClient(new Anthropic({ apiKey: SECRET, baseURL: server.url }), options);
    failures.left = 1;
    const messages = [{ role: 'user' as const, content: 'Capital?' }];
    await openai.chat.completions.create({ model: 'gpt-4o', messages });
    for await (const event of await anthropic.messages.create({ model: 'm', max_tokens: 8, messages, stream: true })) {
      expect(event.type).a('string');
    }
    const calls = intents(ledger).map(({ call, op }) => [op.class, call.attempt, call.id] as const);
    expect(calls.map(([name, attempt]) => [name, attempt])).deep.equal([
      ['OpenAI', 1],
      ['OpenAI', 2],
      ['Anthropic', 1],
    ]);
    expect(calls[0]?.[2]).equal(calls[1]?.[2]).not.equal(calls[2]?.[2]);
    expect(outcomes(ledger).map(({ status, err }) => [status, err?.code])).deep.equal([
      ['error', '500'],
      ['ok', undefined],
      ['ok', undefined],
    ]);
    const all = intents(ledger).map(({ req }) => kept(ledger, req?.ref));
    expect(all.join('')).include('Capital?').not.include(SECRET);
  });

  it('leave nothing of a secret in its folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'spanwright-clients-'));
    const directory = join(folder, 'ledger');
    try {
      const ledger: Ledger = await openLedgerWith(
        { directory, level: 'requestResponse' },
        { allowMemoryFileSystem: true },
      );
      const ask = auditedFetch(fetch, { ledger });
      const calls = Array.from({ length: 20 }, (_, n) =>
        ask(`${server.url}/echo?token=${SECRET}&n=${n}`, {
          method: 'POST',
          body: `n ${n}`,
          headers: { cookie: SECRET },
        }),
      );
      expect(await Promise.all(calls.map(async (call) => (await call).text()))).length(20);
      expect(ledger.health()).deep.include({ state: 'open', inFlight: 0 });
      await ledger.close();
      const bytes = everyByte(directory);
      expect(bytes).not.include(SECRET);
      expect(bytes.match(/"kind":"outcome"/g)?.length).equal(20);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('reject what is read when the ledger is closed before the answer is', async () => {
    const ledger = createMemoryLedger();
    const response = await auditedFetch(fetch, { ledger })(`${server.url}/three`);
    await ledger.close(0);
    const error: unknown = await response.text().catch((thrown: unknown) => thrown);
    expect(error).property('code', 'AUDIT_OUTCOME_LOST');
    expect(error).property('mayHaveHappened', true);
    const refused: unknown = await auditedFetch(fetch, { ledger })(`${server.url}/three`).catch(
      (thrown: unknown) => thrown,
    );
    expect(refused).property('code', 'AUDIT_CLOSED');
  });
});
