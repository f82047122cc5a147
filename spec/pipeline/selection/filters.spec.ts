import type { Attributes } from '@opentelemetry/api';
import { ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { expect } from 'chai';
import { AgentCall, EmbeddingCall, LlmCall, RetrievalCall, ToolCall, Traced } from 'spanwright';
import { state } from '#lib/core/state.js';
import { filtered, Watched } from './watched.js';

const KINDS: readonly [Attributes, boolean][] = [
  [{ 'gen_ai.operation.name': 'chat' }, true],
  [{ 'gen_ai.operation.name': 'text_completion' }, true],
  [{ 'gen_ai.operation.name': 'generate_content' }, true],
  [{ 'gen_ai.operation.name': 'embeddings' }, true],
  [{ 'gen_ai.operation.name': 'execute_tool' }, false],
  [{ 'gen_ai.operation.name': 'invoke_agent', 'llm.request.type': 'chat' }, false],
  [{ 'gen_ai.operation.name': 'retrieval' }, false],
  [{ 'gen_ai.operation.name': 'of our own', 'openinference.span.kind': 'LLM' }, true],
  [{ 'openinference.span.kind': 'LLM' }, true],
  [{ 'openinference.span.kind': 'EMBEDDING' }, true],
  [{ 'openinference.span.kind': 'CHAIN' }, false],
  [{ 'openinference.span.kind': 'RERANKER' }, false],
  [{ 'traceloop.span.kind': 'task' }, false],
  [{ 'llm.request.type': 'chat' }, true],
  [{ 'llm.request.type': 'completion' }, true],
  [{ 'llm.request.type': 'embedding' }, true],
  [{ 'llm.request.type': 'rerank' }, false],
  [{ 'ai.operationId': 'ai.generateText' }, false],
  [{ 'ai.operationId': 'ai.generateText.doGenerate' }, true],
  [{ 'ai.operationId': 'ai.streamObject.doStream' }, true],
  [{ 'ai.operationId': 'ai.embedMany.doEmbed' }, true],
  [{ 'ai.operationId': 'ai.toolCall' }, false],
  [{}, false],
];

const ANSWER = { model: 'gpt-4o', object: 'chat.completion', choices: [] };

describe('filters of a destination', () => {
  let watched: Watched;

  beforeEach(() => {
    watched = new Watched();
  });
  afterEach(async () => {
    await watched.stop();
    expect(state.levelReaders).to.equal(0);
    expect(state.selections.size).to.equal(0);
  });

  it("only: 'llm' knows a call to a model or an embedding by what it starts with", () => {
    const llm = watched.open(filtered({ only: 'llm' }));
    for (const [index, [attributes, isTaken]] of KINDS.entries()) {
      const name = `${index}`;
      watched.start(name, undefined, { attributes }).end();
      expect(name in watched.seen(llm), JSON.stringify(attributes)).to.equal(isTaken);
    }
    const late = watched.start('late');
    late.setAttribute('gen_ai.operation.name', 'chat');
    late.end();
    expect(watched.seen(llm)).to.not.have.property('late');
  });

  it("only: 'llm' takes our own calls to models, whatever their request, and nothing around or below them", async () => {
    const llm = watched.open(filtered({ only: 'llm' }));
    const below = Traced.wrap('below', () => ANSWER);
    const chat = LlmCall.wrap({ spanName: 'chat' }, async (_request: object) => below());
    const bare = LlmCall.wrap({ spanName: 'bare', provider: 'openai' }, async () => ANSWER);
    const embed = EmbeddingCall.wrap({ spanName: 'embed' }, async () => ({ data: [] }));
    await AgentCall.run('agent', async () => {
      await ToolCall.run('tool', () => chat({ model: 'gpt-4o', messages: [] }));
      await RetrievalCall.run('find', async () => {});
      await bare();
      await embed();
    });
    expect(watched.seen(llm)).to.deep.equal({ chat: undefined, bare: undefined, embed: undefined });
  });

  it('names keep and drop, and what is kept hangs under the nearest kept one', () => {
    const keep = watched.open(filtered({ keepNames: ['a*', /^c/g] }));
    const drop = watched.open(filtered({ dropNames: ['b'] }));
    const both = watched.open(filtered({ keepNames: ['*1'], dropNames: [/b/] }));
    const [a1, b, b1] = [watched.start('a1')].flatMap((first) => {
      const second = watched.start('b', first);
      return [first, second, watched.start('b1', second)];
    });
    const c1 = watched.start('c1', b1);
    for (const span of [c1, b1, b, a1]) span?.end();
    expect(watched.seen(keep)).to.deep.equal({ a1: undefined, c1: 'a1' });
    expect(watched.seen(drop)).to.deep.equal({ a1: undefined, b1: 'a1', c1: 'b1' });
    expect(watched.seen(both)).to.deep.equal({ a1: undefined, c1: 'a1' });
  });

  it('a name that changes later changes nothing', () => {
    const selection = watched.open(filtered({ dropNames: ['b'] }));
    const span = watched.start('a');
    span.updateName('b');
    span.end();
    expect(watched.seen(selection)).to.deep.equal({ b: undefined });
  });

  it('all parts of the rules hold together', () => {
    const selection = watched.open({ granularity: 'lifecycle', filter: { dropNames: ['server'] } });
    const root = watched.start('root');
    for (const [name, kind] of [
      ['inner', SpanKind.INTERNAL],
      ['server', SpanKind.SERVER],
      ['consumer', SpanKind.CONSUMER],
    ] as const)
      watched.start(name, root, { kind }).end();
    root.end();
    expect(watched.seen(selection)).to.deep.equal({ consumer: 'root', root: undefined });
  });

  it('a parent in another process stays, for what is kept below a dropped span as well', () => {
    const spanContext = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1, isRemote: true };
    const selection = watched.open(filtered({ dropNames: ['entry'] }));
    const entry = watched.start('entry', trace.setSpanContext(ROOT_CONTEXT, spanContext));
    watched.start('inner', entry).end();
    entry.end();
    expect(watched.seen(selection)).to.deep.equal({ inner: spanContext.spanId });
  });

  it('a new root inside a trace is a root', () => {
    const selection = watched.open(filtered({ dropNames: ['x'] }));
    const outer = watched.start('outer');
    watched.start('fresh', outer, { root: true }).end();
    outer.end();
    expect(watched.seen(selection)).to.deep.equal({ fresh: undefined, outer: undefined });
  });

  it('spans that started before are judged by what they are, and keep their parent', () => {
    const outer = watched.start('outer');
    const [kept, dropped] = ['kept', 'dropped'].map((name) => watched.start(name, outer));
    const selection = watched.open(filtered({ dropNames: ['dropped'] }));
    const [below, orphan] = [watched.start('below', kept), watched.start('lonely', dropped)];
    for (const span of [below, orphan, kept, dropped, outer]) span?.end();
    expect(watched.seen(selection)).to.deep.equal({ below: 'kept', lonely: 'outer', kept: 'outer', outer: undefined });
  });

  it('a span of another provider is no parent that the destination gets', async () => {
    const other = new NodeTracerProvider();
    const selection = watched.open(filtered({ dropNames: ['x'] }));
    const foreign = other.getTracer('other').startSpan('foreign');
    watched.start('ours', foreign).end();
    foreign.end();
    expect(watched.seen(selection)).to.deep.equal({ ours: undefined });
    await other.shutdown();
  });
});
