import { expect } from 'chai';

import { CLIENT, ERROR } from './recorded-trace.js';
import type { RecordedTrace, TraceSpan } from './recorded-trace.js';
import { RUN_TIMEOUT_MS, SampleFolder, runSample } from './sample-run.js';
import type { SampleRun } from './sample-run.js';

const TICKETS = 25;
// The SDK rounds each start down to the millisecond of the wall clock and measures the end from there on another clock:
// spans shift by up to one, and by what the wall clock is set forward or back in between.
const CLOCK_NS = 5_000_000n;

describe('span tree of the ticket summarizer', function () {
  this.timeout(RUN_TIMEOUT_MS);
  const folder = new SampleFolder();
  let run: SampleRun;
  let trace: RecordedTrace;
  let root: TraceSpan;

  before(async () => {
    run = await runSample(folder, ['--analysis-type', 'both', '--concurrency', '6']);
    ({ trace } = run);
    root = trace.only('Process Tickets');
  });
  after(() => folder.dispose());

  it('is one trace under one root, with every parent present', () => {
    const ids = new Set(trace.spans.map(({ spanId }) => spanId));
    expect(new Set(trace.spans.map(({ traceId }) => traceId))).to.have.lengthOf(1);
    expect(trace.spans.filter(({ parentSpanId }) => !ids.has(parentSpanId))).to.deep.equal([root]);
    expect(trace.spans.filter(({ status }) => status === ERROR)).to.deep.equal([]);
    expect(trace.spans).to.have.lengthOf(1 + 4 + TICKETS * (1 + 2 + 3 * 2));
  });

  it('keeps every span within its parent', () => {
    const byId = new Map(trace.spans.map((span) => [span.spanId, span]));
    for (const span of trace.spans) {
      const parent = byId.get(span.parentSpanId);
      if (parent !== undefined) {
        const isWithin = span.start >= parent.start && span.end <= parent.end + CLOCK_NS;
        expect(isWithin, `${span.name} in ${parent.name}`).to.equal(true);
      }
    }
  });

  it('has the phases below the root, 3a and 3b at the same time', () => {
    expect(trace.childrenOf(root).map(({ name }) => name)).to.have.ordered.members([
      'Phase 1: Fetch Tickets',
      'Phase 2: Synthesis',
      'Phase 3a: POD Categorization',
      'Phase 3b: Diagnostics Analysis',
    ]);
    const categorization = trace.only('Phase 3a: POD Categorization');
    const diagnostics = trace.only('Phase 3b: Diagnostics Analysis');
    expect(diagnostics.start < categorization.end && categorization.start < diagnostics.end).to.equal(true);
    expect(trace.only('Phase 2: Synthesis').end <= categorization.start + CLOCK_NS).to.equal(true);
  });

  it('describes the run on the root', () => {
    expect(root.attributes).to.include({
      analysis_type: 'both',
      model_provider: 'offline',
      ticket_count: TICKETS,
      processing_status: 'completed',
      success_count: TICKETS,
      failed_count: 0,
    });
    expect(root.attributes['csv_path']).to.match(/tickets\.csv$/);
    expect(root.events).to.deep.equal([
      { name: 'Phase 1 Complete', attributes: { tickets_fetched: TICKETS } },
      { name: 'Phase 2 Complete', attributes: { tickets_synthesized: TICKETS } },
      { name: 'Phase 3 Complete', attributes: {} },
    ]);
    expect(trace.resource).to.include({
      'service.name': 'ticket-summarizer',
      'service.version': '1.0.0',
      'deployment.environment.name': 'local',
    });
  });

  it('describes each phase and its tickets', () => {
    expect(trace.only('Phase 1: Fetch Tickets').attributes).to.include({ phase: 'fetch', ticket_count: TICKETS });
    expect(trace.only('Phase 2: Synthesis').attributes).to.include({
      phase: 'synthesis',
      ticket_count: TICKETS,
      batch_size: 6,
      success_count: TICKETS,
      failed_count: 0,
    });
    expect(trace.only('Phase 3a: POD Categorization').attributes).to.include({
      phase: 'categorization',
      ticket_count: TICKETS,
      success_count: TICKETS,
      failed_count: 0,
    });
    const { attributes } = trace.only('Phase 3b: Diagnostics Analysis');
    expect(attributes).to.include({ phase: 'diagnostics', ticket_count: TICKETS, valid_ticket_count: TICKETS });
    const sum = (keys: string[]) => keys.reduce((total, key) => total + Number(attributes[key]), 0);
    expect(sum(['was_used.yes', 'was_used.no', 'was_used.unknown'])).to.equal(TICKETS);
    expect(sum(['could_help.yes', 'could_help.no', 'could_help.maybe'])).to.equal(TICKETS);
  });

  it('gives every ticket its spans, below the right phase', () => {
    const phases: Record<string, string> = {
      fetch_ticket: 'Phase 1: Fetch Tickets',
      synthesize_ticket: 'Phase 2: Synthesis',
      categorize_ticket: 'Phase 3a: POD Categorization',
      analyze_diagnostics: 'Phase 3b: Diagnostics Analysis',
    };
    const ticketIds = run.results.map(({ ticket_id }) => ticket_id);
    for (const [name, phase] of Object.entries(phases)) {
      const below = trace.childrenOf(trace.only(phase));
      expect(new Set(below.map((span) => span.name))).to.deep.equal(new Set([name]));
      expect(below.map(({ attributes }) => attributes['ticket_id'])).to.have.members(ticketIds);
    }
  });

  it('describes the steps of one ticket', () => {
    const [synthesis] = trace.ofTicket('synthesize_ticket', 'HB-2043');
    expect(synthesis?.attributes).to.include({ ticket_id: 'HB-2043', serial_no: 3, synthesis_success: true });
    expect(synthesis?.attributes['comment_count']).to.be.within(0, 3);
    expect(synthesis?.attributes['prompt_length']).to.be.greaterThan(200);
    expect(synthesis?.attributes['issue_reported']).to.be.a('string').and.have.lengthOf.within(10, 100);
    const [categorization] = trace.ofTicket('categorize_ticket', 'HB-2043');
    expect(categorization?.attributes).to.include({ primary_pod: 'INTEGRATION', confidence: 'confident' });
    const [diagnostics] = trace.ofTicket('analyze_diagnostics', 'HB-2043');
    expect(diagnostics?.attributes).to.include({ was_used: 'unknown', could_help: 'yes', confidence: 'not_confident' });
  });

  it('records both HTTP calls of a fetch', () => {
    const [fetch] = trace.ofTicket('fetch_ticket', 'HB-2043');
    if (fetch === undefined) throw new Error('no fetch_ticket');
    const [ticket, comments, ...others] = trace.childrenOf(fetch);
    expect(others).to.deep.equal([]);
    for (const [call, path] of [
      [ticket, '/tickets/HB-2043'],
      [comments, '/tickets/HB-2043/comments'],
    ] as const) {
      expect(call).to.include({ name: 'GET', kind: CLIENT });
      expect(call?.attributes).to.include({ 'http.request.method': 'GET', 'http.response.status_code': 200 });
      expect(new URL(String(call?.attributes['url.full'])).pathname).to.equal(path);
    }
  });

  it('records one model call below each step, with its usage', () => {
    const calls = trace.named('chat offline-rules');
    expect(calls).to.have.lengthOf(3 * TICKETS);
    for (const call of calls) {
      expect(call.kind).to.equal(CLIENT);
      expect(call.attributes).to.include({ 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'offline-rules' });
      expect(call.attributes['gen_ai.usage.input_tokens']).to.be.greaterThan(50);
      expect(call.attributes['gen_ai.usage.output_tokens']).to.be.greaterThan(5);
    }
    const parents = new Map(trace.spans.map((span) => [span.spanId, span.name]));
    const counts = calls.map(({ parentSpanId }) => parents.get(parentSpanId));
    for (const name of ['synthesize_ticket', 'categorize_ticket', 'analyze_diagnostics']) {
      expect(counts.filter((parent) => parent === name)).to.have.lengthOf(TICKETS);
    }
  });

  it('has no span for a phase that does not run', async () => {
    const pod = (await runSample(folder, ['--analysis-type', 'pod', '--limit', '3'])).trace;
    expect(pod.childrenOf(pod.only('Process Tickets')).map(({ name }) => name)).to.deep.equal([
      'Phase 1: Fetch Tickets',
      'Phase 2: Synthesis',
      'Phase 3a: POD Categorization',
    ]);
    expect(pod.named('analyze_diagnostics')).to.deep.equal([]);

    const diagnostics = (await runSample(folder, ['--analysis-type', 'diagnostics', '--limit', '3'])).trace;
    expect(diagnostics.named('Phase 3a: POD Categorization')).to.deep.equal([]);
    expect(diagnostics.named('categorize_ticket')).to.deep.equal([]);
    expect(diagnostics.named('analyze_diagnostics')).to.have.lengthOf(3);
  });
});
