import { expect } from 'chai';

import { findShippedTickets } from '../../../samples/ticket-summarizer/shipped-tickets.js';
import { readTicketRows } from '../../../samples/ticket-summarizer/ticket-rows.js';
import { answerContent, answerStatus, answerText, startFaultyModel, startFaultyTicketApi } from './faulty-servers.js';
import type { Fault } from './faulty-servers.js';
import { ERROR, UNSET } from './recorded-trace.js';
import type { RecordedTrace, TraceSpan } from './recorded-trace.js';
import { RUN_TIMEOUT_MS, SampleFolder, runSample } from './sample-run.js';
import type { SampleRun } from './sample-run.js';

const ROOT = 'Process Tickets';
const folder = new SampleFolder();

async function runWithTicketApi(limit: number, fault: Fault): Promise<SampleRun> {
  await using api = await startFaultyTicketApi(await readTicketRows(findShippedTickets()), fault);
  return await runSample(folder, ['--limit', String(limit), '--ticket-api', api.url.href]);
}

async function runWithModel(limit: number, fault: Fault): Promise<SampleRun> {
  await using model = await startFaultyModel(fault);
  const env = { OPENAI_BASE_URL: new URL('/v1', model.url).href, OPENAI_API_KEY: 'any', OPENAI_MODEL: 'm' };
  return await runSample(folder, ['--limit', String(limit)], env);
}

describe('failing tickets of the ticket summarizer', function () {
  this.timeout(RUN_TIMEOUT_MS);
  after(() => folder.dispose());

  describe('with a ticket API that fails', () => {
    const FAILED = 4;
    let run: SampleRun;
    let refusals = 0;

    before(async () => {
      run = await runWithTicketApi(8, ({ url }, response) => {
        if (url === '/tickets/HB-2041') return answerStatus(response, 404);
        if (url === '/tickets/HB-2042') return answerStatus(response, 429);
        if (url === '/tickets/HB-2043/comments') return answerStatus(response, 500);
        if (url === '/tickets/HB-2044') return answerText(response, '<html>');
        if (url !== '/tickets/HB-2045' || refusals > 0) return false;
        refusals += 1;
        return answerStatus(response, 429, { 'retry-after': '1' });
      });
    });

    for (const [ticketId, status] of [
      ['HB-2041', 404],
      ['HB-2042', 429],
      ['HB-2043', 500],
    ] as const) {
      it(`marks the ticket after a ${status}`, () => {
        const [fetch, get] = findFailure(run.trace, 'fetch_ticket', ticketId, 'GET');
        expect(get.attributes).to.include({ 'http.response.status_code': status, 'error.type': String(status) });
        expect(fetch.attributes).to.include({ 'error.type': String(status) });
        expectStopped(run, ticketId, new RegExp(`^Phase 1: Fetch Tickets: GET http.* answered ${status}$`));
      });
    }

    it('marks the ticket after an answer that is no JSON', () => {
      findFailure(run.trace, 'fetch_ticket', 'HB-2044', 'GET');
      expectStopped(run, 'HB-2044', /answered no JSON: got '<html>'/);
    });

    it('asks again after a 429 with a short Retry-After, as a second call', () => {
      const [fetch] = run.trace.ofTicket('fetch_ticket', 'HB-2045');
      if (fetch === undefined) throw new Error('no fetch_ticket');
      const calls = run.trace.childrenOf(fetch);
      expect(calls.map(({ attributes }) => attributes['http.response.status_code'])).to.deep.equal([429, 200, 200]);
      expect([fetch, ...calls].map(({ status }) => status)).to.deep.equal([UNSET, ERROR, UNSET, UNSET]);
    });

    it('does the other tickets, and counts the failures on a whole phase and root', () => {
      expectCounted(run, 'Phase 1: Fetch Tickets', FAILED);
      expect(run.results.filter(({ error }) => error === undefined)).to.have.lengthOf(8 - FAILED);
      expect(run.trace.only('Phase 2: Synthesis').attributes).to.include({ ticket_count: 8 - FAILED, failed_count: 0 });
      expect(run.stdout)
        .to.match(/HB-2041: Phase 1/)
        .and.match(/8 tickets, 4 ok, 4 failed/);
    });
  });

  describe('with a model that fails', () => {
    const FAILED = 8;
    const chunk = JSON.stringify({ choices: [{ index: 0, delta: { content: '{"issue' } }] });
    const garbage: ReadonlyArray<readonly [string, string, Fault, RegExp]> = [
      ['HB-2041', 'prose', (_r, response) => answerContent(response, 'Sure!'), /no JSON object: got "Sure!"/],
      [
        'HB-2042',
        'no such pod',
        (_r, response) => answerContent(response, '{"primary_pod":"X"}'),
        /primary_pod: got "X"/,
      ],
      ['HB-2043', 'an empty object', (_r, response) => answerContent(response, '{}'), /primary_pod: got nothing/],
      ['HB-2044', 'a web page', (_r, response) => answerText(response, '<html>'), /answered without a message/],
      ['HB-2045', 'half a JSON', (_r, response) => answerText(response, '{', 'application/json'), /answered no JSON/],
    ];
    let run: SampleRun;
    let serverErrors = 0;

    before(async () => {
      run = await runWithModel(12, (request, response) => {
        const task = /Task: (\w+)/.exec(request.body)?.[1];
        const ticketId = /Ticket (HB-\d+):/.exec(request.body)?.[1];
        const asked = `${task} of ${ticketId}`;
        if (asked === 'synthesis of HB-2046') {
          serverErrors += 1;
          return answerStatus(response, 500);
        }
        if (asked === 'synthesis of HB-2047') return answerText(response, `data: ${chunk}\n\n`, 'text/event-stream');
        if (asked === 'diagnostics of HB-2048') return answerContent(response, 'Sure!');
        const [, , fault] = garbage.find(([id]) => asked === `categorization of ${id}`) ?? [];
        return fault?.(request, response) ?? false;
      });
    });

    it('marks the ticket after a 500, and calls once', () => {
      const [synthesis, chat] = findFailure(run.trace, 'synthesize_ticket', 'HB-2046', 'chat m');
      expect(serverErrors).to.equal(1);
      expect(chat.attributes).to.include({ 'error.type': '500' });
      expect(synthesis.attributes).to.include({ 'error.type': '500', synthesis_success: false });
      expectStopped(run, 'HB-2046', /^Phase 2: Synthesis: the model server answered 500 forced 500$/);
    });

    it('marks the ticket after a stream that breaks off', () => {
      findFailure(run.trace, 'synthesize_ticket', 'HB-2047', 'chat m');
      expectStopped(run, 'HB-2047', /stream ended before its answer was whole/);
    });

    for (const [ticketId, what, , message] of garbage) {
      it(`marks the ticket after ${what}`, () => {
        const [categorization] = run.trace.ofTicket('categorize_ticket', ticketId);
        expect(categorization).to.include({ status: ERROR });
        expect(categorization?.attributes).to.include({ 'error.type': 'ModelAnswerError' });
        const result = run.results.find(({ ticket_id }) => ticket_id === ticketId);
        expect(result).to.have.all.keys('ticket_id', 'synthesis', 'diagnostics', 'error');
        expect(result?.error)
          .to.match(/^Phase 3a: POD Categorization: /)
          .and.match(message);
      });
    }

    it('puts the exception on the step when the call itself was good', () => {
      const [analysis] = run.trace.ofTicket('analyze_diagnostics', 'HB-2048');
      if (analysis === undefined) throw new Error('no analyze_diagnostics');
      expect(analysis).to.include({ status: ERROR });
      expect(analysis.events.map(({ name }) => name)).to.deep.equal(['exception']);
      expect(run.trace.childrenOf(analysis).map(({ status }) => status)).to.deep.equal([UNSET]);
    });

    it('does the other tickets, and counts the failures on whole phases and root', () => {
      expectCounted(run, 'Phase 2: Synthesis', 2, FAILED);
      expectCounted(run, 'Phase 3a: POD Categorization', 5, FAILED);
      expectCounted(run, 'Phase 3b: Diagnostics Analysis', 1, FAILED);
      expect(run.trace.only('Phase 3b: Diagnostics Analysis').attributes).to.include({
        ticket_count: 10,
        valid_ticket_count: 9,
      });
      expect(run.results.filter(({ error }) => error === undefined)).to.have.lengthOf(12 - FAILED);
    });
  });

  it('end with 1 when nothing could be done', async () => {
    const noTickets = await runWithTicketApi(3, (_request, response) => answerStatus(response, 404));
    const noModel = await runWithModel(3, (_request, response) => answerStatus(response, 500));
    for (const run of [noTickets, noModel]) {
      expect(run.exitCode).to.equal(1);
      expect(run.trace.only(ROOT)).to.include({ status: UNSET });
      expect(run.trace.only(ROOT).attributes).to.include({ processing_status: 'failed', failed_count: 3 });
      expect(run.stdout).to.match(/3 tickets, 0 ok, 3 failed/);
    }
  });
});

/** Finds the failed call of the ticket: both spans are marked, and the exception is on the inner one alone. */
function findFailure(
  trace: RecordedTrace,
  outerName: string,
  ticketId: string,
  innerName: string,
): [TraceSpan, TraceSpan] {
  const [outer] = trace.ofTicket(outerName, ticketId);
  const inner = outer && trace.childrenOf(outer).find(({ name, status }) => name === innerName && status === ERROR);
  if (outer === undefined || inner === undefined) throw new Error(`no failed ${innerName} below ${outerName}`);
  expect(outer.status).to.equal(ERROR);
  expect(outer.events).to.deep.equal([]);
  expect(inner.events.map(({ name }) => name)).to.deep.equal(['exception']);
  expect(inner.events[0]?.attributes).to.include.all.keys('exception.message', 'exception.stacktrace');
  return [outer, inner];
}

/** The ticket ends where it failed, and its result says why. */
function expectStopped(run: SampleRun, ticketId: string, message: RegExp): void {
  expect(run.trace.ofTicket('categorize_ticket', ticketId)).to.deep.equal([]);
  const result = run.results.find(({ ticket_id }) => ticket_id === ticketId);
  expect(result).to.include({ synthesis: null }).and.not.have.any.keys('categorization', 'diagnostics');
  expect(result?.error).to.match(message);
}

function expectCounted(run: SampleRun, phase: string, failedCount: number, failedTickets = failedCount): void {
  const root = run.trace.only(ROOT);
  for (const span of [root, run.trace.only(phase)]) {
    expect(span.status, span.name).to.equal(UNSET);
    expect(span.attributes, span.name).to.not.have.property('error.type');
  }
  expect(run.trace.only(phase).attributes).to.include({ failed_count: failedCount });
  expect(root.attributes).to.include({ processing_status: 'completed_with_failures', failed_count: failedTickets });
  expect(run.exitCode).to.equal(0);
}
