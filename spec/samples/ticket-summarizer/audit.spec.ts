import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from 'chai';
import { explain, lineage, verify } from 'spanwright/audit';

import { LedgerFolders } from '../../start/ledger-folders.js';
import type { SampleRun } from './sample-run.js';
import { RUN_TIMEOUT_MS, SampleFolder, runSample } from './sample-run.js';

// Two requests to the ticket API and three calls to the model for each ticket.
const CALLS = 2 * 5;

describe('the ticket summarizer with --audit', function () {
  this.timeout(RUN_TIMEOUT_MS);
  const folder = new SampleFolder();
  const ledgers = new LedgerFolders();
  let directory: string;
  let run: SampleRun;

  before(async () => {
    directory = ledgers.next();
    run = await runSample(folder, ['--limit', '2', '--model-provider', 'offline', '--audit', directory]);
  });
  after(() => {
    folder.dispose();
    ledgers.remove();
  });

  it('records each call that leaves the process, and the ledger is intact', async () => {
    expect(run.exitCode, run.stderr).equal(0);
    expect(run.stdout).match(/Ledger: .*\d+ entries; npx spanwright audit verify /);
    expect(run.stderr).not.match(/AUDIT_OFF/);
    expect(await verify(directory, { payloads: true })).include({ exitCode: 0, calls: CALLS, dangling: 0, unknown: 0 });
  });

  it('makes one run of them', async () => {
    const runId = String(run.trace.spans.find(({ name }) => name === 'Process Tickets')?.attributes['run.id']);
    const { calls, roots, notes } = await lineage(directory, runId);
    expect(calls).equal(CALLS);
    expect(roots.filter(({ ext }) => ext?.system === 'llm')).length(6);
    expect(notes.map(({ data }) => (data as { state: string }).state)).deep.equal(['began', 'ended']);
  });

  it('explains a call to the model, from its prompt to its answer and its span', async () => {
    const span = run.trace.spans.find(({ attributes }) => attributes['gen_ai.request.model'] === 'offline-rules');
    const callId = String(span?.attributes['spanwright.audit.call_id']);
    const { attempts } = await explain(directory, callId);
    expect(attempts).length(1);
    expect(attempts[0]).include({ state: 'ok', traceId: span?.traceId, spanId: span?.spanId, isVerified: true });
    expect(attempts[0]?.ext).include({ system: 'llm', provider: 'offline', model: 'offline-rules' });
    expect(attempts[0]?.request).include({ state: 'AVAILABLE' });
    expect(attempts[0]?.response).include({ state: 'AVAILABLE' });
  });

  it('has a ledger in which a byte that is changed is found', async () => {
    const segments = join(directory, 'segments');
    const file = join(segments, readdirSync(segments)[0] ?? '');
    const bytes = readFileSync(file);
    const at = Math.floor(bytes.length / 2);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    expect(await verify(directory)).include({ exitCode: 1, status: 'tampered' });
  });

  it('says which folder is to be mended', async () => {
    const open = ledgers.next();
    mkdirSync(open);
    chmodSync(open, 0o777);
    const { exitCode, stderr } = await runSample(folder, ['--limit', '1', '--audit', open]);
    expect(exitCode).equal(2);
    expect(stderr).contain(`--audit ${open}: [AUDIT_LEDGER_REFUSED]`);
  });
});
