import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { expect } from 'chai';
import { AgentCall, LlmCall, recordLlmCall, RetrievalCall, ToolCall, Traced } from 'spanwright';
import { disableGlobals } from '../testing/otel-globals.js';

const PROMPT = 'Ms Fournier of Lyon waits for her parcel.';
const REQUEST = { model: 'gpt-4o', messages: [{ role: 'user', content: PROMPT }] };

class Desk {
  @AgentCall({ name: 'triage' })
  async triage(task: string): Promise<unknown> {
    return await this.step(task);
  }

  @Traced
  async step(task: string): Promise<unknown> {
    return await this.chat({ ...REQUEST, messages: [{ role: 'user', content: task }] });
  }

  @LlmCall()
  async chat(request: typeof REQUEST): Promise<unknown> {
    await Promise.resolve();
    throw new TypeError(`gpt-4o refuses "${request.messages[0]?.content}"`);
  }

  @ToolCall()
  find(query: string): never {
    throw new TypeError(`nothing for ${query}`);
  }

  @RetrievalCall()
  search(query: string): never {
    // What is thrown may be anything.
    // oxlint-disable-next-line no-throw-literal, typescript/only-throw-error
    throw `nothing for ${query}`;
  }

  @Traced
  plain(text: string): never {
    throw new TypeError(`no: ${text}`);
  }
}

describe('an error that quotes what a model was sent', () => {
  let exporter: InMemorySpanExporter;
  let provider: NodeTracerProvider;
  const desk = new Desk();

  beforeEach(() => {
    exporter = new InMemorySpanExporter();
    provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
    provider.register();
  });
  afterEach(async () => {
    await provider.shutdown();
    disableGlobals();
  });

  const texts = (): [string, string | undefined][] =>
    exporter.getFinishedSpans().map(({ name, status }) => [name, status.message]);
  const everything = (): string =>
    JSON.stringify(exporter.getFinishedSpans().map(({ attributes, events, status }) => [attributes, events, status]));

  it('reaches the program as it is, and no span of a host', async () => {
    const error = await desk.triage(PROMPT).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(TypeError).with.property('message', `gpt-4o refuses "${PROMPT}"`);
    expect(texts()).to.deep.equal([
      ['chat gpt-4o', 'gpt-4o refuses "[REDACTED]"'],
      ['Desk.step', 'gpt-4o refuses "[REDACTED]"'],
      ['invoke_agent triage', 'gpt-4o refuses "[REDACTED]"'],
    ]);
    expect(everything()).to.include('exception.stacktrace').and.not.include('Fournier');
  });

  it('is written without the arguments of a tool and the query of a search', () => {
    expect(() => desk.find(PROMPT)).to.throw(PROMPT);
    expect(() => desk.search(PROMPT)).to.throw();
    expect(texts()).to.deep.equal([
      ['execute_tool find', 'nothing for [REDACTED]'],
      ['retrieval', 'nothing for [REDACTED]'],
    ]);
    expect(everything()).not.include('Fournier');
  });

  it('is written without the request by recordLlmCall', () => {
    recordLlmCall(REQUEST, undefined, { error: new Error(`refused: ${PROMPT}`) });
    expect(texts()).to.deep.equal([['chat gpt-4o', 'refused: [REDACTED]']]);
    expect(everything()).not.include('Fournier');
  });

  it('keeps its message where the arguments are no content', () => {
    expect(() => desk.plain(PROMPT)).to.throw(PROMPT);
    expect(texts()).to.deep.equal([['Desk.plain', `no: ${PROMPT}`]]);
  });
});
