import { expect } from 'chai';

import { exchanges } from '../../genai/exchanges.js';
import { openaiVendors } from './openai-vendors.js';
import { otherVendors } from './other-vendors.js';
import { CLIENT, ERROR } from './recorded-trace.js';
import type { RecordedTrace, TraceSpan } from './recorded-trace.js';
import { RUN_TIMEOUT_MS, SampleFolder, runSample } from './sample-run.js';
import type { SampleRun } from './sample-run.js';
import { startRefusal, startVendor } from './vendor-case.js';
import type { SeenCall, VendorCase } from './vendor-case.js';

const TICKETS = 2;
const RECORDED_FOLDER = '../shared/data/llm-exchanges';
const STEPS = ['synthesize_ticket', 'categorize_ticket', 'analyze_diagnostics'] as const;

const folder = new SampleFolder();

/** The one call to a model below each step of this name. */
function callsBelow(trace: RecordedTrace, step: string): TraceSpan[] {
  return trace.named(step).map((span) => {
    const [call, ...others] = trace.childrenOf(span);
    if (call === undefined || others.length > 0) throw new Error(`${others.length + (call ? 1 : 0)} calls in ${step}`);
    return call;
  });
}

/** Both tickets are whole, by the rules that the server answered with. */
function expectWhole(run: SampleRun): void {
  expect(run.exitCode, run.stderr).to.equal(0);
  expect(run.results.map(({ error }) => error)).to.deep.equal([undefined, undefined]);
  const [first] = run.results;
  expect(first?.synthesis).to.include({
    root_cause: 'Since the 4.2 update the desktop client takes more than ten minutes to start',
  });
  expect(first?.categorization).to.include({ primary_pod: 'PERFORMANCE' });
  expect(first?.diagnostics).to.include({ could_help: 'yes' });
}

function describeVendor(vendor: VendorCase): void {
  const { provider, recordings, spanName, whole, streamed } = vendor;
  describe(`${provider}, through its own client`, () => {
    const seen: SeenCall[] = [];
    let run: SampleRun;

    before(async function () {
      // The recordings stay outside the repository.
      if (recordings.length > 0 && exchanges.length === 0) this.skip();
      await using server = await startVendor(vendor, seen);
      const url = server.url.href.replace(/\/$/, '');
      run = await runSample(folder, ['--model-provider', provider, '--limit', String(TICKETS)], vendor.env(url));
    });

    it('answers each step of each ticket', () => {
      expectWhole(run);
      expect(seen).to.have.lengthOf(TICKETS * STEPS.length);
      for (const call of seen) vendor.expectCall(call);
      expect(run.trace.only('Process Tickets').attributes).to.include({ model_provider: provider });
    });

    it('has one call to the model below each step, and nothing below that', () => {
      expect(run.trace.spans).to.have.lengthOf(1 + 4 + TICKETS * (1 + 2 + 2 * STEPS.length));
      for (const step of STEPS) {
        const calls = callsBelow(run.trace, step);
        expect(calls).to.have.lengthOf(TICKETS);
        for (const call of calls) {
          expect(call.kind).to.equal(CLIENT);
          expect(call.attributes).to.include({ 'spanwright.call.type': 'llm', 'spanwright.call.status': 'ok' });
        }
      }
    });

    it('is named with model, tokens and cost', () => {
      const [synthesis, ...analyses] = STEPS.map((step) => callsBelow(run.trace, step));
      for (const call of synthesis ?? []) {
        expect(call.name).to.equal(spanName);
        expect(call.attributes).to.include(streamed);
      }
      for (const call of analyses.flat()) {
        expect(call.name).to.equal(spanName);
        expect(call.attributes).to.include(whole);
      }
      expect(run.stdout).to.match(vendor.summary);
    });

    it('marks the ticket when the server refuses', async () => {
      await using server = await startRefusal(403);
      const url = server.url.href.replace(/\/$/, '');
      const refused = await runSample(folder, ['--model-provider', provider, '--limit', '1'], vendor.env(url));
      expect(refused.exitCode).to.equal(1);
      expect(refused.results[0]?.error).to.match(/^Phase 2: Synthesis: the model server answered 403 .*forced 403/);
      const [call] = callsBelow(refused.trace, 'synthesize_ticket');
      expect(call).to.include({ status: ERROR });
      expect(call?.attributes).to.include({
        'error.type': '403',
        'gen_ai.provider.name': whole['gen_ai.provider.name'],
      });
      expect(call?.events.map(({ name }) => name)).to.deep.equal(['exception']);
    });
  });
}

describe('model providers of the ticket summarizer', function () {
  this.timeout(RUN_TIMEOUT_MS);
  after(() => folder.dispose());

  for (const vendor of [...openaiVendors, ...otherVendors]) describeVendor(vendor);

  it('ask for another model when they are told to', async () => {
    const run = await runSample(folder, ['--model', 'rules-2', '--limit', '1']);
    expect(run.exitCode).to.equal(0);
    expect(run.trace.named('chat rules-2')).to.have.lengthOf(STEPS.length);
    expect(run.stdout).to.match(/^Model: offline rules-2: 3 calls, \d+ input and \d+ output tokens, cost unknown, /m);
  });

  describe('replay', () => {
    const whole = { id: 'chatcmpl-A1', object: 'chat.completion', model: 'gpt-4o-2024-08-06', service_tier: 'default' };
    const message = { role: 'assistant', content: 'A joke.' };
    const usage = { prompt_tokens: 10, completion_tokens: 3, total_tokens: 13 };
    const chunk = { ...whole, object: 'chat.completion.chunk' };
    const choice = { index: 0, logprobs: null, finish_reason: null };
    const events = [
      { ...chunk, choices: [{ ...choice, delta: { role: 'assistant', content: 'A po' } }] },
      { ...chunk, choices: [{ ...choice, delta: { content: 'em.' } }] },
      { ...chunk, choices: [{ ...choice, delta: {}, finish_reason: 'stop' }] },
      { ...chunk, choices: [], usage: { ...usage, completion_tokens: 4, total_tokens: 14 } },
    ];
    const path = '/v1/chat/completions';
    const typed = [
      {
        request: { path, body: {} },
        response: {
          status: 200,
          contentType: 'application/json',
          json: { ...whole, choices: [{ ...choice, finish_reason: 'stop', message }], usage },
        },
      },
      {
        request: { path, body: { stream: true, stream_options: { include_usage: true } } },
        response: {
          status: 200,
          contentType: 'text/event-stream',
          text: `${events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')}data: [DONE]\n\n`,
        },
      },
      // Neither of these is a chat that went well.
      {
        request: { path, body: {} },
        response: { status: 400, json: { choices: [{ message: { content: 'Refused.' } }] } },
      },
      { request: { path: '/v1/embeddings' }, response: { status: 200, json: { data: [] } } },
    ];

    it('gives recorded answers through the client of OpenAI', async () => {
      for (const [index, exchange] of typed.entries()) {
        folder.write(`exchanges/openai/typed-${index}.json`, JSON.stringify(exchange));
      }
      const args = [
        '--model-provider',
        'replay',
        '--exchanges',
        `${folder.path}/exchanges`,
        '--limit',
        String(TICKETS),
      ];
      const run = await runSample(folder, args, { OPENAI_BASE_URL: 'http://127.0.0.1:9' });
      expectWhole(run);
      expect(run.results.map(({ synthesis }) => synthesis?.['summary'])).to.deep.equal(['A poem.', 'A poem.']);
      expect(run.results.map(({ categorization }) => categorization?.['reasoning'])).to.deep.equal([
        'A joke.',
        'A joke.',
      ]);
      const answered = {
        'gen_ai.provider.name': 'openai',
        'gen_ai.response.model': 'gpt-4o-2024-08-06',
        'gen_ai.usage.input_tokens': 10,
      };
      for (const step of STEPS) {
        const output = step === 'synthesize_ticket' ? 4 : 3;
        for (const { attributes } of callsBelow(run.trace, step)) {
          expect(attributes).to.include({ ...answered, 'gen_ai.usage.output_tokens': output });
        }
      }
      expect(run.stdout).to.match(
        /^Model: openai gpt-4o-mini: 6 calls, 60 input and 20 output tokens, 0\.00035 USD, /m,
      );
    });

    const itReplays = exchanges.length > 0 ? it : it.skip;
    itReplays(`takes its answers from ${RECORDED_FOLDER} unless it is told otherwise`, async () => {
      const run = await runSample(folder, ['--model-provider', 'replay', '--limit', '8']);
      expect(run.exitCode).to.equal(0);
      expect(run.results.filter(({ error }) => error !== undefined)).to.deep.equal([]);
      const ids = new Set(
        STEPS.flatMap((step) => callsBelow(run.trace, step)).map(({ attributes }) => attributes['gen_ai.response.id']),
      );
      const recorded = exchanges
        .filter(({ provider }) => provider === 'openai')
        .map(({ response }) => response.text ?? JSON.stringify(response.json));
      expect(ids.size).to.be.greaterThan(4);
      for (const id of ids) expect(recorded.some((answer) => answer.includes(String(id)))).to.equal(true);
    });
  });

  const stopping: ReadonlyArray<[string, string[], Record<string, string>, RegExp]> = [
    ['openai without a key', ['openai'], {}, /set OPENAI_API_KEY or OPENAI_BASE_URL$/m],
    ['azure without anything', ['azure'], {}, /azure: set AZURE_OPENAI_ENDPOINT, AZURE_OPENAI_API_KEY$/m],
    [
      'azure without a deployment',
      ['azure'],
      { AZURE_OPENAI_ENDPOINT: 'http://127.0.0.1:9', AZURE_OPENAI_API_KEY: 'key' },
      /azure: set AZURE_OPENAI_DEPLOYMENT$/m,
    ],
    ['gemini without a key', ['gemini'], {}, /gemini: set GEMINI_API_KEY$/m],
    ['anthropic without a key', ['anthropic'], {}, /anthropic: set ANTHROPIC_API_KEY$/m],
    ['openrouter without a key', ['openrouter'], {}, /openrouter: set OPENROUTER_API_KEY$/m],
    ['an empty key', ['gemini'], { GEMINI_API_KEY: '' }, /gemini: set GEMINI_API_KEY$/m],
    ['replay without its folder', ['replay', '--exchanges', 'no-such'], {}, /--exchanges: cannot read .*no-such/],
    ['replay of a file', ['replay', '--exchanges', 'package.json'], {}, /--exchanges: cannot read/],
  ];
  for (const [what, args, env, message] of stopping) {
    it(`end with 2, one line and nothing written for ${what}`, async () => {
      const run = await runSample(folder, ['--model-provider', ...args], env);
      expect(run.exitCode).to.equal(2);
      expect(run.stderr)
        .to.match(message)
        .and.match(/^ticket-summarizer: [^\n]+\n$/);
      expect(run).to.include({ stdout: '', hasResults: false, hasTrace: false });
    });
  }

  it('end with 2 for recordings without a chat', async () => {
    folder.write('chatless/openai/embedding.json', JSON.stringify({ request: { path: '/v1/embeddings' } }));
    folder.write('broken/openai/half.json', '{');
    for (const name of ['chatless', 'broken']) {
      const run = await runSample(folder, ['--model-provider', 'replay', '--exchanges', `${folder.path}/${name}`]);
      expect(run.exitCode).to.equal(2);
      expect(run.stderr).to.match(/^ticket-summarizer: --exchanges/);
    }
  });
});
