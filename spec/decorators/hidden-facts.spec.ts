import type { Link } from '@opentelemetry/api';
import { createTraceState } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { expect } from 'chai';
import { AgentCall, configureTracing, currentCall, Task, ToolCall, Traced, withContext } from 'spanwright';
import type { Tracing } from 'spanwright';
import { disableGlobals } from '../testing/otel-globals.js';

const EMAIL = 'grace.hopper@navy.example.org';
const TOKEN = 'ghp_x7Kq2LmN9pRs4TuVw6YzA1bCd3EfG5hJ8kQ0';
const BOTH = `${EMAIL} ${TOKEN}`;
const MARKS = '[REDACTED] [REDACTED]';

const LINK: Link = {
  context: {
    traceId: '1'.repeat(32),
    spanId: '2'.repeat(16),
    traceFlags: 1,
    traceState: createTraceState(`acme=1`),
  },
  attributes: { note: BOTH, count: 3, list: ['plain', BOTH] },
};

class LoginError extends Error {
  override name = `LoginError ${BOTH}`;
}

class Desk {
  @Task({ type: (text: string) => `of ${text}`, id: (text: string) => text, description: (text: string) => text })
  task(_text: string): void {}

  @ToolCall({ name: 'lookup', callId: () => BOTH, description: () => BOTH })
  tool(): void {}

  @AgentCall({ name: 'guide', id: () => BOTH, description: () => BOTH })
  agent(): void {}

  @Traced({ spanName: (text: string) => `for ${text}` })
  named(_text: string): void {}

  @Traced({ links: () => [LINK] })
  linked(): void {}

  @Traced()
  events(): void {
    currentCall()?.addEvent(`event ${BOTH}`, { text: BOTH, count: 3, password: 'correct horse', [TOKEN]: 'key' });
  }

  @Traced()
  fail(): void {
    throw new LoginError(`no login for ${BOTH}`);
  }

  @Traced({ attributes: { mine: EMAIL }, onResult: (result: string) => ({ result }) })
  given(): string {
    currentCall()?.setAttributes({ inside: EMAIL });
    return EMAIL;
  }

  @Traced({ attributes: { 'user.id': 'the operator' } })
  overridden(): void {}

  @Traced({ attributes: () => ({ 'user.id': 'the operator' }) })
  overriddenLater(): void {}
}

describe('secrets and personal data in facts', () => {
  let exporter: InMemorySpanExporter;
  let provider: NodeTracerProvider;
  let tracing: Tracing;

  beforeEach(() => {
    exporter = new InMemorySpanExporter();
    provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
    provider.register();
    tracing = configureTracing({
      destinations: [
        { provider: 'memory', name: 'full', content: 'full' },
        { provider: 'memory', name: 'redacted', content: 'redacted' },
        { provider: 'memory', name: 'none', content: 'none' },
      ],
    });
  });
  afterEach(async () => {
    await tracing.shutdown();
    await provider.shutdown();
    disableGlobals();
  });

  function seen(work: (desk: Desk) => void): ReadableSpan {
    try {
      work(new Desk());
    } catch {
      // What it throws is looked at on its span.
    }
    return exporter.getFinishedSpans()[0] ?? expect.fail('no span');
  }
  const at = (name: string): Readonly<Record<string, unknown>> => tracing.finishedSpans(name)[0]?.attributes ?? {};

  /** The application's processor sees marks; so does everyone but who may see personal data. */
  function expectMarks(span: ReadableSpan, facts: Readonly<Record<string, unknown>>): void {
    for (const attributes of [span.attributes, at('redacted'), at('none')]) expect(attributes).to.deep.include(facts);
    const full = JSON.stringify(at('full'));
    expect(full).to.not.contain(TOKEN);
    for (const key of Object.keys(facts)) {
      expect(JSON.stringify(at('full')[key]), key)
        .to.contain(EMAIL)
        .and.contain('[REDACTED]');
    }
  }

  it('of a context are marks on the span', () => {
    const who = {
      sessionId: BOTH,
      userId: BOTH,
      conversationId: BOTH,
      tenant: BOTH,
      tags: ['plain', BOTH],
      metadata: { who: BOTH, password: 'hunter two' },
    };
    const span = seen((desk) => withContext(who, () => desk.tool()));
    expectMarks(span, {
      'session.id': MARKS,
      'user.id': MARKS,
      'gen_ai.conversation.id': MARKS,
      'spanwright.tenant': MARKS,
      'spanwright.tags': ['plain', MARKS],
    });
    for (const attributes of [span.attributes, at('redacted'), at('none'), at('full')]) {
      expect(attributes['spanwright.metadata']).to.not.contain(TOKEN).and.not.contain('hunter');
    }
    expect(at('full')['spanwright.metadata']).to.contain(EMAIL);
  });

  it('of tasks, tools and agents are marks on the span', () => {
    const task = seen((desk) => desk.task(BOTH));
    expectMarks(task, { 'task.id': MARKS, 'task.type': `of ${MARKS}`, 'task.description': MARKS });
    expect(task.name).to.equal(`task of ${MARKS}`);
  });

  it('of tools are marks on the span', () => {
    expectMarks(
      seen((desk) => desk.tool()),
      { 'gen_ai.tool.call.id': MARKS, 'gen_ai.tool.description': MARKS },
    );
  });

  it('of agents are marks on the span', () => {
    expectMarks(
      seen((desk) => desk.agent()),
      { 'gen_ai.agent.id': MARKS, 'gen_ai.agent.description': MARKS },
    );
  });

  it('in a computed name are marks, also where the name is cut', () => {
    expect(seen((desk) => desk.named(BOTH)).name).to.equal(`for ${MARKS}`);
    exporter.reset();
    const long = seen((desk) => desk.named(`${'word '.repeat(202)}${TOKEN}`)).name;
    expect(long).to.have.length.at.most(1024).and.contain('word');
    expect(long).to.not.contain(TOKEN.slice(0, 6));
  });

  it('are marks in a description that is cut', () => {
    const { attributes } = seen((desk) => desk.task(`${'word '.repeat(38)}${TOKEN}`));
    expect(attributes['task.description']).to.contain('word').and.not.contain(TOKEN.slice(0, 6));
    expect(attributes['task.description']).to.have.length.at.most(200);
  });

  it('of links are marks', () => {
    const [link] = seen((desk) => desk.linked()).links;
    expect(link?.attributes).to.deep.equal({ note: MARKS, count: 3, list: ['plain', MARKS] });
    expect(link?.context.traceId).to.equal(LINK.context.traceId);
  });

  it('in names and attributes of events are marks', () => {
    const [event] = seen((desk) => desk.events()).events;
    expect(event).to.deep.include({
      name: `event ${MARKS}`,
      attributes: { text: MARKS, count: 3, password: '[REDACTED]', '[REDACTED]': 'key' },
    });
  });

  it('in what is thrown are marks: message, stack, status and types', () => {
    const span = seen((desk) => desk.fail());
    expect(span.status.message).to.equal(`no login for ${MARKS}`);
    expect(span.attributes['error.type']).to.equal(`LoginError ${MARKS}`);
    const [event] = span.events;
    expect(event?.attributes).to.include({
      'exception.type': `LoginError ${MARKS}`,
      'exception.message': `no login for ${MARKS}`,
    });
    expect(event?.attributes?.['exception.stacktrace']).to.contain('hidden-facts').and.contain(MARKS);
    for (const one of [span, ...['full', 'redacted', 'none'].map((name) => tracing.finishedSpans(name)[0])]) {
      const { status, events, attributes } = one as ReadableSpan;
      expect(JSON.stringify([status, events, attributes]))
        .to.not.contain(EMAIL)
        .and.not.contain(TOKEN);
    }
  });

  it('that the user wrote down are there as given, for the application alone', () => {
    const given = { mine: EMAIL, result: EMAIL, inside: EMAIL };
    expect(seen((desk) => desk.given()).attributes).to.include(given);
    expect(at('full')).to.include(given);
    const marks = { mine: '[REDACTED]', result: '[REDACTED]', inside: '[REDACTED]' };
    expect(at('redacted')).to.include(marks);
    expect(at('none')).to.include(marks);
  });

  for (const method of ['overridden', 'overriddenLater'] as const) {
    it(`stay away where the user says something else: ${method}`, () => {
      const span = seen((desk) => withContext({ userId: EMAIL }, () => desk[method]()));
      for (const attributes of [span.attributes, at('full'), at('redacted'), at('none')]) {
        expect(attributes).to.include({ 'user.id': 'the operator' });
      }
    });
  }

  it('are hidden by the rules in force, also in a context that was there before them', async () => {
    await withContext({ userId: 'EMP-123456' }, async () => {
      expect(seen((desk) => desk.tool()).attributes).to.include({ 'user.id': 'EMP-123456' });
      await tracing.shutdown();
      exporter.reset();
      tracing = configureTracing({
        destinations: [{ provider: 'memory', name: 'full' }],
        privacy: { patterns: [/EMP-\d{6}/] },
      });
      expect(seen((desk) => desk.tool()).attributes).to.include({ 'user.id': '[REDACTED]' });
    });
  });
});
