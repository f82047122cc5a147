import { expect } from 'chai';

import { ERROR } from '../../samples/ticket-summarizer/recorded-trace.js';
import type { TraceSpan } from '../../samples/ticket-summarizer/recorded-trace.js';
import { LANGFUSE_KEYS } from './destinations.js';
import type { BackendName } from './destinations.js';
import type { ExpectedCall } from './expected-calls.js';
import { expectedCalls } from './expected-calls.js';
import type { Facts } from './facts.js';
import { factsOf } from './facts.js';
import { FanOut } from './fan-out.js';
import type { RunningBackends } from './running-backends.js';
import type { ShownCall } from './shown-span.js';
import { PERSONAL, PLANTED_TICKET, PROMPT_WORDS, SECRETS } from './tickets.js';
import { tree } from './tree.js';

interface Expected {
  /** What the backend calls a call to a model. */
  readonly callKind: string;
  readonly shows: 'messages' | 'digests';
  /** The backend sums tokens up by itself. */
  readonly addsUp?: boolean;
}

const EXPECTED: Readonly<Record<BackendName, Expected>> = {
  phoenix: { callKind: 'LLM', shows: 'messages', addsUp: true },
  mlflow: { callKind: 'CHAT_MODEL', shows: 'messages', addsUp: true },
  langfuse: { callKind: 'generation', shows: 'messages' },
  collector: { callKind: 'chat', shows: 'digests' },
  jaeger: { callKind: 'chat', shows: 'digests' },
};
const NAMES = Object.keys(EXPECTED) as BackendName[];
// 25 tickets that ship and one of ours, three calls each; another ticket fails before its first.
const CALLS = 26 * 3;

function sentTree(spans: readonly TraceSpan[]): string[] {
  return tree(spans.map((span) => ({ ...span, isFailed: span.status === ERROR })));
}

function expectMessages({ span, task, ticketId, answer }: ExpectedCall, call: ShownCall | undefined): void {
  const [system, user, ...others] = call?.input ?? [];
  expect([system?.role, user?.role, others.length], span.spanId).to.deep.equal(['system', 'user', 0]);
  expect(system?.text).to.match(new RegExp(`^Task: ${task}\n`));
  expect(user?.text).to.match(new RegExp(`^Ticket ${ticketId}:\n`));
  if (ticketId === PLANTED_TICKET) {
    expect(user?.text).to.include(PROMPT_WORDS);
    expect(user?.text.split('[REDACTED')).to.have.lengthOf.above(SECRETS.length + PERSONAL.length);
  } else expect(JSON.parse(call?.output ?? 'null')).to.deep.equal(answer);
}

/** The specs of the sample's trace at backends that run. */
export function describeFanOut(running: () => RunningBackends, facts: Facts): void {
  let run: FanOut;

  before(async () => {
    run = new FanOut(running());
    await run.run();
  });
  after(async () => {
    await run.langfuse.stop();
    facts.backends.push(...NAMES.map((name) => factsOf(run, name)));
  });

  it('is delivered to all of them', () => {
    const { status, output, errors } = run.ended;
    expect(status, errors).to.equal(0);
    expect(errors).not.to.include('spanwright:');
    const count = run.recorded.spans.length;
    expect(count).to.be.above(200);
    expect(run.recorded.spans.filter((span) => span.status === ERROR)).to.have.lengthOf(1);
    for (const name of NAMES) {
      if (!run.backends.skipped.has(name)) expect(output).to.include(`Trace: ${name}, ${count} of ${count} spans\n`);
    }
    expect(run.langfuse.refused).to.deep.equal([]);
  });

  for (const name of NAMES) {
    const { callKind, shows, addsUp } = EXPECTED[name];

    describe(name, () => {
      before(function () {
        const reason = run.backends.skipped.get(name);
        if (reason !== undefined) {
          console.log(`      skipped: ${reason}`);
          this.skip();
        }
      });

      it('gives back every span with its name and status, under its parent', () => {
        expect(tree(run.shown(name).spans)).to.deep.equal(sentTree(run.recorded.spans));
      });

      it(`takes the calls to the model, and nothing else, for ${callKind}`, () => {
        const calls = run.recorded.spans.filter(({ attributes }) => attributes['gen_ai.operation.name'] === 'chat');
        const taken = run.shown(name).spans.filter(({ kind }) => kind === callKind);
        expect(tree(taken)).to.deep.equal(sentTree(calls));
        expect(calls).to.have.lengthOf(CALLS);
      });

      it('shows the model, the tokens and the finish reason of each', () => {
        for (const { span } of expectedCalls(run.recorded, run.results)) {
          const call = run.shown(name).spans.find(({ spanId }) => spanId === span.spanId)?.call;
          expect(call, span.spanId).to.include({
            model: 'offline-rules',
            inputTokens: span.attributes['gen_ai.usage.input_tokens'],
            outputTokens: span.attributes['gen_ai.usage.output_tokens'],
            finishReason: 'stop',
          });
          expect(call?.inputTokens).to.be.above(0);
        }
      });

      if (addsUp === true) {
        it('adds up the tokens of all of them', () => {
          const calls = expectedCalls(run.recorded, run.results).map(({ span }) => span.attributes);
          const sum = (key: string): number => calls.reduce((total, attributes) => total + Number(attributes[key]), 0);
          expect(run.shown(name).total).to.include({
            inputTokens: sum('gen_ai.usage.input_tokens'),
            outputTokens: sum('gen_ai.usage.output_tokens'),
          });
        });
      }

      it(`shows ${shows === 'messages' ? 'the messages of each' : 'digests instead of messages'}`, () => {
        const { spans, raw } = run.shown(name);
        const calls = expectedCalls(run.recorded, run.results);
        expect(calls).to.have.lengthOf(CALLS);
        if (shows === 'messages') {
          for (const call of calls) expectMessages(call, spans.find(({ spanId }) => spanId === call.span.spanId)?.call);
        } else {
          expect(raw).not.to.include(PROMPT_WORDS);
          expect(raw).not.to.match(/Task: |Comments:/);
          expect(raw.split('"spanwright.request.digest"')).to.have.lengthOf(calls.length + 1);
        }
      });

      it('holds no secret, no personal data and no key of another backend', () => {
        const { raw } = run.shown(name);
        const found = [...SECRETS, ...PERSONAL, LANGFUSE_KEYS.secretKey].filter((text) => raw.includes(text));
        expect(found).to.deep.equal([]);
      });
    });
  }
}
