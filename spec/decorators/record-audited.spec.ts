import { expect } from 'chai';
import { configureTracing, recordLlmCall, withContext } from 'spanwright';
import type { MemoryLedger } from 'spanwright/testing';
import { captureSpans, memoryLedger } from 'spanwright/testing';

const REQUEST = {
  custom_id: 'ticket-7',
  method: 'POST',
  url: '/v1/chat/completions',
  body: { model: 'gpt-4o', messages: [{ role: 'user', content: 'Summarize ticket 7' }] },
};

const ANSWER = {
  id: 'batch_req_1',
  custom_id: 'ticket-7',
  response: {
    status_code: 200,
    body: {
      id: 'chatcmpl-1',
      object: 'chat.completion',
      model: 'gpt-4o-2024-08-06',
      choices: [{ index: 0, message: { role: 'assistant', content: 'The lamp is broken.' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 12, completion_tokens: 5, total_tokens: 17 },
    },
  },
  error: null,
};

const FAILED = { custom_id: 'ticket-8', response: null, error: { code: 'server_error', message: 'no ticket 8' } };

describe('recordLlmCall with audit', () => {
  let ledger: MemoryLedger;
  beforeEach(() => {
    ledger = memoryLedger({ level: 'requestResponse' });
  });
  afterEach(() => ledger.stop());

  it('adds an intent and an outcome for a row of a batch, then its span', async () => {
    await captureSpans(async (spans) => {
      const recorded = recordLlmCall(REQUEST, ANSWER, { audit: true });
      expect(spans.finished()).deep.equal([]);
      await recorded;
      expect(spans.finished().map(({ name }) => name)).deep.equal(['chat gpt-4o']);
    });
    const [call, ...others] = ledger.calls();
    expect(others).deep.equal([]);
    expect(call?.intent).deep.include({ op: { method: 'recordLlmCall' } });
    expect(call?.intent.call).include({ row: 'ticket-7', attempt: 1 });
    expect(call?.intent.ext).include({ system: 'llm', model: 'gpt-4o' });
    expect(call?.outcome).deep.include({ status: 'ok', usage: { in: 12, out: 5 } });
    expect(call?.outcome?.ext).include({ provider: 'openai', model: 'gpt-4o-2024-08-06' });
    expect(call?.request).deep.equal(REQUEST.body);
    expect(call?.response).deep.equal(ANSWER.response.body);
  });

  it('records nothing without the option, and returns nothing', () => {
    expect(recordLlmCall(REQUEST, ANSWER)).equal(undefined);
    expect(ledger.calls()).deep.equal([]);
  });

  it('says whose row, run and call it is', async () => {
    const audit = { callId: '01J00000000000000000000000', run: 'nightly', row: '7', actor: { type: 'job' } };
    await recordLlmCall(REQUEST, ANSWER, { audit });
    expect(ledger.calls()[0]?.intent.call).include({ parent: audit.callId, run: 'nightly', row: '7' });
    expect(ledger.calls()[0]?.intent.actor).deep.equal({ type: 'job' });
    // Contexts travel while somebody listens.
    await captureSpans(() => withContext({ runId: 'hourly' }, () => recordLlmCall(REQUEST, ANSWER, { audit: true })));
    expect(ledger.calls()[1]?.intent.call).include({ row: 'ticket-7', run: 'hourly' });
  });

  it('records what failed as failed, by type and never by message', async () => {
    await recordLlmCall(REQUEST, FAILED, { audit: true });
    expect(ledger.calls()[0]?.outcome).deep.include({ status: 'error' });
    expect(JSON.stringify(ledger.calls()[0]?.outcome)).not.contain('no ticket 8');
  });

  it('rejects without a ledger, and makes no span', async () => {
    ledger.stop();
    await captureSpans(async (spans) => {
      const error: unknown = await recordLlmCall(REQUEST, ANSWER, { audit: true }).catch((caught: unknown) => caught);
      expect(error).include({ code: 'AUDIT_NOT_CONFIGURED' });
      expect(spans.finished()).deep.equal([]);
    });
  });

  it('passes where code says `audit: false`', async () => {
    ledger.stop();
    const tracing = configureTracing({ audit: false, logger: { warn: () => {} } });
    await captureSpans(async (spans) => {
      await recordLlmCall(REQUEST, ANSWER, { audit: true });
      expect(spans.finished()).length(1);
    });
    await tracing.shutdown();
  });
});
