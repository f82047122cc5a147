import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { expect } from 'chai';
import { AgentCall, ExternalCall, PolicyCheck, Remediation, RetrievalCall, ToolCall } from 'spanwright';
import { onlySpanOf, spansOf } from './captured.js';

const json = (value: unknown): unknown => JSON.parse(String(value)) as unknown;

class Team {
  @AgentCall({ name: 'triage', description: 'sorts tickets' })
  async triage(input: string): Promise<string> {
    return `sorted ${input}`;
  }

  @AgentCall({ name: 'hosted', provider: 'openai', id: (id: string) => id })
  async hosted(_id: string): Promise<void> {}

  @ToolCall({ name: 'search', description: 'searches', callId: (_query: string, id: string) => id })
  async search(query: string, _id: string): Promise<string[]> {
    return [query];
  }

  @ToolCall
  fail(): never {
    throw new RangeError('out of range');
  }

  @RetrievalCall({ dataSource: 'kb', topK: 2 })
  async find(query: string): Promise<object[]> {
    return [
      { id: 'a', score: 0.9, text: `about ${query}`, metadata: { page: 1 } },
      { id: 2, score: 0.5, pageContent: 'more' },
    ];
  }

  @ExternalCall({ callType: 'http', provider: 'zendesk' })
  async load(status: number): Promise<{ status: number }> {
    return { status };
  }

  @ExternalCall({ callType: 'sql', provider: 'postgres', name: 'select tickets' })
  async query(): Promise<never> {
    throw new Error('no connection');
  }

  @PolicyCheck({ count: (rules: string[]) => rules.length })
  async check(rules: string[]): Promise<string[]> {
    return rules.filter((rule) => rule.startsWith('!'));
  }

  @PolicyCheck
  allows(verdict: boolean): boolean {
    return verdict;
  }

  @Remediation({ strategy: 'retry', trigger: (why: string) => why })
  async mend(_why: string, success: boolean): Promise<{ success: boolean }> {
    return { success };
  }
}

describe('AgentCall', () => {
  it('names the agent and keeps what goes in and out', async () => {
    const span = await onlySpanOf(() => new Team().triage('tickets'));
    expect(span.name).to.equal('invoke_agent triage');
    expect(span.kind).to.equal(SpanKind.INTERNAL);
    expect(span.attributes).to.include({
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': 'triage',
      'gen_ai.agent.description': 'sorts tickets',
      'spanwright.arguments': '["tickets"]',
      'spanwright.result': '"sorted tickets"',
    });
  });

  it('is of kind client where the agent runs elsewhere', async () => {
    const span = await onlySpanOf(() => new Team().hosted('asst_1'));
    expect(span.kind).to.equal(SpanKind.CLIENT);
    expect(span.attributes).to.include({ 'gen_ai.provider.name': 'openai', 'gen_ai.agent.id': 'asst_1' });
  });
});

describe('ToolCall', () => {
  it('names the tool and keeps arguments and result', async () => {
    const span = await onlySpanOf(() => new Team().search('printers', 'call_1'));
    expect(span.name).to.equal('execute_tool search');
    expect(span.kind).to.equal(SpanKind.INTERNAL);
    expect(span.attributes).to.include({
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'search',
      'gen_ai.tool.type': 'function',
      'gen_ai.tool.call.id': 'call_1',
      'gen_ai.tool.description': 'searches',
    });
    expect(json(span.attributes['gen_ai.tool.call.arguments'])).to.deep.equal(['printers', 'call_1']);
    expect(json(span.attributes['gen_ai.tool.call.result'])).to.deep.equal(['printers']);
  });

  it('is named after the method and fails with its error', async () => {
    const span = await onlySpanOf(() => {
      expect(() => new Team().fail()).to.throw(RangeError);
    });
    expect(span.name).to.equal('execute_tool fail');
    expect(span.attributes['error.type']).to.equal('RangeError');
  });
});

describe('RetrievalCall', () => {
  it('keeps the query and the documents', async () => {
    const span = await onlySpanOf(() => new Team().find('printers'));
    expect(span.name).to.equal('retrieval kb');
    expect(span.kind).to.equal(SpanKind.CLIENT);
    expect(span.attributes).to.include({ 'gen_ai.data_source.id': 'kb', 'gen_ai.request.top_k': 2 });
    expect(span.attributes['gen_ai.retrieval.query.text']).to.equal('printers');
    expect(json(span.attributes['gen_ai.retrieval.documents'])).to.deep.equal([
      { id: 'a', score: 0.9, content: 'about printers', metadata: { page: 1 } },
      { id: '2', score: 0.5, content: 'more' },
    ]);
  });
});

describe('ExternalCall', () => {
  it('tells type, provider, status and latency', async () => {
    const span = await onlySpanOf(() => new Team().load(404));
    expect(span.name).to.equal('Team.load');
    expect(span.kind).to.equal(SpanKind.CLIENT);
    expect(span.attributes).to.include({
      'spanwright.call.type': 'http',
      'spanwright.call.provider': 'zendesk',
      'spanwright.call.status': '404',
    });
    expect(span.attributes['spanwright.call.latency_ms']).to.be.a('number').and.at.least(0);
  });

  it('tells that it failed', async () => {
    const span = await onlySpanOf(() => new Team().query().catch(() => {}));
    expect(span.name).to.equal('select tickets');
    expect(span.attributes).to.include({ 'spanwright.call.status': 'error', 'error.type': 'Error' });
  });
});

describe('PolicyCheck', () => {
  it('counts violations, and a refusal is no failure', async () => {
    const span = await onlySpanOf(() => new Team().check(['a', '!b']));
    expect(span.name).to.equal('policy_check');
    expect(span.status.code).to.equal(SpanStatusCode.UNSET);
    expect(span.attributes).to.include({ 'policy.count': 2, 'policy.passed': false, 'policy.violations': 1 });
  });

  it('takes a verdict for one', async () => {
    const [refused, allowed] = await spansOf(() => [new Team().allows(false), new Team().allows(true)]);
    expect(refused?.attributes['policy.passed']).to.equal(false);
    expect(allowed?.attributes['policy.passed']).to.equal(true);
    expect(allowed?.attributes).to.not.have.property('policy.violations');
  });
});

describe('Remediation', () => {
  it('tells strategy, trigger and success', async () => {
    const span = await onlySpanOf(() => new Team().mend('timeout', false));
    expect(span.name).to.equal('remediation');
    expect(span.attributes).to.include({
      'remediation.strategy': 'retry',
      'remediation.trigger': 'timeout',
      'remediation.success': false,
    });
  });
});
