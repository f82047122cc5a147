import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-node';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { expect } from 'chai';
import OpenAI, { BadRequestError } from 'openai';
import { AgentCall, createSpanProcessor, LlmCall, RetrievalCall, ToolCall } from 'spanwright';
import { captureSpans } from 'spanwright/testing';
import { OtlpServer } from '../pipeline/otlp-server.js';
import { disableGlobals } from '../testing/otel-globals.js';
import { deltaChunk, usageChunk } from './made-streams.js';

/** What is content, each a word of its own. */
const MARKERS = {
  system: 'zebra-system',
  prompt: 'zebra-prompt',
  answer: 'zebra-answer',
  variable: 'zebra-variable',
  schema: 'zebra-schema',
  callArguments: 'zebra-call-arguments',
  toolArgument: 'zebra-tool-argument',
  toolResult: 'zebra-tool-result',
  query: 'zebra-query',
  document: 'zebra-document',
  task: 'zebra-task',
  outcome: 'zebra-outcome',
};
type Marker = keyof typeof MARKERS;

const REQUEST = {
  model: 'gpt-4o',
  messages: [
    { role: 'system' as const, content: MARKERS.system },
    { role: 'user' as const, content: MARKERS.prompt },
  ],
  tools: [{ type: 'function' as const, function: { name: 'search', description: MARKERS.schema, parameters: {} } }],
};
const ANSWER = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'gpt-4o-2024-08-06',
  choices: [
    {
      index: 0,
      finish_reason: 'tool_calls',
      message: {
        role: 'assistant',
        content: MARKERS.answer,
        tool_calls: [
          {
            id: 'call_1',
            type: 'function',
            function: { name: 'search', arguments: JSON.stringify({ text: MARKERS.callArguments }) },
          },
        ],
      },
    },
  ],
  usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
};
const STREAM = [deltaChunk({ content: MARKERS.answer }), deltaChunk({}, 'stop'), usageChunk(10, 5)]
  .map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`)
  .join('');

class Team {
  readonly #client: OpenAI;

  constructor(url: string) {
    this.#client = new OpenAI({ apiKey: 'key', baseURL: `${url}/v1`, maxRetries: 0 });
  }

  @AgentCall({ name: 'triage' })
  async work(_task: string): Promise<string> {
    await this.ask(REQUEST);
    for await (const chunk of await this.stream(REQUEST)) expect(chunk).to.be.an('object');
    await this.find(MARKERS.query);
    await this.look(MARKERS.toolArgument);
    return MARKERS.outcome;
  }

  @LlmCall({ prompt: { name: 'greeting', version: '3', variables: { who: MARKERS.variable } } })
  ask(request: typeof REQUEST): Promise<unknown> {
    return this.#client.chat.completions.create(request);
  }

  @LlmCall()
  stream(request: typeof REQUEST): Promise<AsyncIterable<unknown>> {
    return this.#client.chat.completions.create({ ...request, stream: true });
  }

  @RetrievalCall({ dataSource: 'kb', topK: 1 })
  async find(_query: string): Promise<object[]> {
    return [{ id: 'a', score: 0.9, text: MARKERS.document }];
  }

  @ToolCall({ name: 'search' })
  async look(_query: string): Promise<string> {
    return MARKERS.toolResult;
  }
}

const NAMES = ['chat gpt-4o', 'chat gpt-4o', 'retrieval kb', 'execute_tool search', 'invoke_agent triage'];

/** All that a span says, as one text. */
function textOf({ name, kind, attributes, events, status, links, resource, ...rest }: ReadableSpan): string {
  const scope = rest.instrumentationScope;
  return JSON.stringify({ name, kind, attributes, events, status, links, resource: resource.attributes, scope });
}

function shown(text: string): Marker[] {
  return (Object.keys(MARKERS) as Marker[]).filter((marker) => text.includes(MARKERS[marker]));
}

describe('calls to models inside a provider of the application', () => {
  let exporter: InMemorySpanExporter;
  let provider: NodeTracerProvider;
  let server: Server;
  let team: Team;
  let status: number;

  function register(...others: SpanProcessor[]): void {
    exporter = new InMemorySpanExporter();
    provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter), ...others] });
    provider.register();
  }

  beforeEach(async () => {
    status = 200;
    server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (part: string) => {
        body += part;
      });
      request.on('end', () => {
        const isStream = status === 200 && body.includes('"stream":true');
        response.writeHead(status, { 'content-type': isStream ? 'text/event-stream' : 'application/json' });
        response.end(isStream ? STREAM : JSON.stringify(status === 200 ? ANSWER : { error: { message: 'refused' } }));
      });
    });
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', done);
    });
    team = new Team(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await provider.shutdown();
    disableGlobals();
  });

  function expectFacts(spans: readonly { name: string; attributes: Record<string, unknown> }[]): void {
    expect(spans.map(({ name }) => name)).to.deep.equal(NAMES);
    const [asked, streamed, found, looked, worked] = spans.map(({ attributes }) => attributes);
    for (const call of [asked, streamed]) {
      expect(call).to.include({
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.response.model': 'gpt-4o-2024-08-06',
        'gen_ai.usage.input_tokens': 10,
        'gen_ai.usage.output_tokens': 5,
      });
    }
    expect(asked).to.include({ 'gen_ai.prompt.name': 'greeting', 'gen_ai.prompt.version': '3' });
    expect(found).to.include({ 'gen_ai.data_source.id': 'kb', 'gen_ai.request.top_k': 1 });
    expect(looked).to.include({ 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'search' });
    expect(worked).to.include({ 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'triage' });
  }

  it('say their facts there, and not a word of content', async () => {
    register();
    expect(await team.work(MARKERS.task)).to.equal(MARKERS.outcome);
    const spans = exporter.getFinishedSpans();
    expectFacts(spans);
    expect(shown(spans.map(textOf).join('\n'))).to.deep.equal([]);
  });

  it('say there that they failed, and nothing of the request', async () => {
    register();
    status = 400;
    const error: unknown = await team.work(MARKERS.task).catch((caught: unknown) => caught);
    expect(error).to.be.instanceOf(BadRequestError);
    const spans = exporter.getFinishedSpans();
    expect(spans.map(({ name }) => name)).to.deep.equal(['chat gpt-4o', 'invoke_agent triage']);
    for (const { attributes } of spans) expect(attributes).to.include({ 'error.type': '400' });
    expect(spans[0]?.events.map(({ name }) => name)).to.deep.equal(['exception']);
    expect(shown(spans.map(textOf).join('\n'))).to.deep.equal([]);
  });

  it('show content to createSpanProcessor alone', async () => {
    const receiver = await new OtlpServer().start();
    const destination = { provider: 'otlp', endpoint: receiver.endpoint, content: 'full' } as const;
    register(createSpanProcessor({ destinations: [destination] }));
    try {
      await team.work(MARKERS.task);
      await provider.forceFlush();
      expectFacts(receiver.spans);
      expect(shown(JSON.stringify(receiver.spans.map(({ attributes }) => attributes)))).to.deep.equal(
        Object.keys(MARKERS),
      );
      expectFacts(exporter.getFinishedSpans());
      expect(shown(exporter.getFinishedSpans().map(textOf).join('\n'))).to.deep.equal([]);
    } finally {
      await provider.shutdown();
      await receiver.stop();
    }
  });

  it('show facts and content to captureSpans', async () => {
    register();
    await captureSpans(async (spans) => {
      await team.work(MARKERS.task);
      expectFacts(spans.finished());
      expect(shown(JSON.stringify(spans.finished()))).to.deep.equal(Object.keys(MARKERS));
    });
    expect(shown(exporter.getFinishedSpans().map(textOf).join('\n'))).to.deep.equal([]);
  });
});
