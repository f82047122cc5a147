import { expect } from 'chai';
import OpenAI from 'openai';
import type { Stream } from 'openai/streaming';
import { configureTracing, LlmCall } from 'spanwright';
import type { FinishedSpan } from 'spanwright';
import { onlySpanOf, spansOf } from '../decorators/captured.js';
import { deltaChunk, streamServer, usageChunk } from './made-streams.js';
import type { MadeChunk, StreamServer } from './made-streams.js';

interface Message {
  role: 'user' | 'assistant';
  content: string;
}

interface Request {
  model: string;
  messages: Message[];
}

type Chunk = OpenAI.Chat.Completions.ChatCompletionChunk;

const ASKED: Request = { model: 'gpt-4o', messages: [{ role: 'user', content: 'a question' }] };
const ANSWER = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'gpt-4o-2024-08-06',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'an answer' } }],
};

class Desk {
  readonly #client: OpenAI;
  readonly #url: string;

  constructor(url: string) {
    this.#url = `${url}/v1`;
    this.#client = new OpenAI({ apiKey: 'key', baseURL: this.#url, maxRetries: 0 });
  }

  @LlmCall()
  stream(request: Request): Promise<Stream<Chunk>> {
    return this.#client.chat.completions.create({ ...request, stream: true });
  }

  @LlmCall()
  fetched(request: Request): Promise<Response> {
    return fetch(this.#url, { method: 'POST', body: JSON.stringify({ ...request, stream: true }) });
  }

  @LlmCall()
  async answer(_request: Request): Promise<typeof ANSWER> {
    return ANSWER;
  }

  @LlmCall()
  async changing(request: Request): Promise<typeof ANSWER> {
    request.messages[0] = { role: 'user', content: 'changed at once' };
    request.messages.push({ role: 'user', content: 'added at once' });
    await Promise.resolve();
    request.messages.push({ role: 'user', content: 'added later' });
    return ANSWER;
  }
}

const textOf = (chunk: Chunk): string => chunk.choices[0]?.delta.content ?? '';
const parsed = (value: unknown): unknown => JSON.parse(String(value)) as unknown;
const answerOf = ({ attributes }: FinishedSpan): unknown => parsed(attributes['gen_ai.output.messages']);
const said = (content: string): object[] => [
  { role: 'assistant', parts: [{ type: 'text', content }], finish_reason: 'stop' },
];

async function textFrom(stream: AsyncIterable<Chunk>): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += textOf(chunk);
  return text;
}

describe('what is recorded of an exchange', () => {
  let server: StreamServer | undefined;

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  async function deskFor(make: (model: string) => readonly MadeChunk[], pieceBytes?: number): Promise<Desk> {
    server = await streamServer(({ model }) => make(model), pieceBytes);
    return new Desk(server.url);
  }

  it('is as many messages as a growing list had at each call', async () => {
    const desk = new Desk('');
    const spans = await spansOf(async () => {
      const request: Request = { model: 'gpt-4o', messages: [] };
      for (const turn of ['one', 'two', 'three']) {
        request.messages.push({ role: 'user', content: turn });
        await desk.answer(request);
      }
    });
    const turns = spans.map(({ attributes }) =>
      (parsed(attributes['gen_ai.input.messages']) as { parts: { content: string }[] }[]).map(
        ({ parts }) => parts[0]?.content,
      ),
    );
    expect(turns).to.deep.equal([['one'], ['one', 'two'], ['one', 'two', 'three']]);
  });

  it('is the request as it was given, whatever the call makes of it', async () => {
    const request = structuredClone(ASKED);
    const span = await onlySpanOf(() => new Desk('').changing(request));
    expect(request.messages).to.have.lengthOf(3);
    expect(parsed(span.attributes['gen_ai.input.messages'])).to.deep.equal([
      { role: 'user', parts: [{ type: 'text', content: 'a question' }] },
    ]);
  });

  const CITY = 'Zürich 東京 👩‍🚀';
  const ARGUMENTS = JSON.stringify({ city: CITY });

  // One UTF-16 unit a chunk, so that every pair of surrogates is cut.
  function toolCall(): MadeChunk[] {
    const call = (more: object): object => ({ tool_calls: [{ index: 0, ...more }] });
    return [
      deltaChunk(call({ id: 'call_1', type: 'function', function: { name: 'weather', arguments: '' } })),
      ...ARGUMENTS.split('').map((unit) => deltaChunk(call({ function: { arguments: unit } }))),
      deltaChunk({}, 'tool_calls'),
    ];
  }
  const CALLED = [
    {
      role: 'assistant',
      parts: [{ type: 'tool_call', id: 'call_1', name: 'weather', arguments: { city: CITY } }],
      finish_reason: 'tool_call',
    },
  ];

  for (const pieceBytes of [1, 3]) {
    it(`puts a tool's arguments together from halves of characters in pieces of ${pieceBytes} bytes`, async () => {
      const desk = await deskFor(toolCall, pieceBytes);
      const span = await onlySpanOf(async () => {
        let text = '';
        for await (const { choices } of await desk.stream(ASKED)) {
          text += choices[0]?.delta.tool_calls?.[0]?.function?.arguments ?? '';
        }
        expect(text).to.equal(ARGUMENTS);
      });
      expect(answerOf(span)).to.deep.equal(CALLED);
    });

    it(`reads characters that a fetched body cuts in pieces of ${pieceBytes} bytes`, async () => {
      const desk = await deskFor(() => [deltaChunk({ content: CITY }), deltaChunk({}, 'stop')], pieceBytes);
      const span = await onlySpanOf(async () => {
        const { body } = await desk.fetched(ASKED);
        let pieces = 0;
        for await (const piece of body ?? []) pieces += piece.length > 0 ? 1 : 0;
        expect(pieces).to.be.above(10);
        // The call ends with its body, a turn or two after the program has it.
        await new Promise(setImmediate);
      });
      expect(answerOf(span)).to.deep.equal(said(CITY));
    });
  }

  it('keeps two streams of one client apart that are read in turns', async () => {
    const desk = await deskFor((model) => [
      ...'123'.split('').map((digit) => deltaChunk({ content: `${model}-${digit} ` }, null, model)),
      deltaChunk({}, 'stop', model),
      usageChunk(model.length, 3, model),
    ]);
    const spans = await spansOf(async () => {
      const streams = await Promise.all(['one', 'second'].map((model) => desk.stream({ ...ASKED, model })));
      const readers = streams.map((stream) => stream[Symbol.asyncIterator]());
      let isDone = false;
      while (!isDone) {
        const items: IteratorResult<Chunk>[] = [];
        for (const reader of readers) items.push(await reader.next());
        isDone = items.every(({ done }) => done === true);
      }
    });
    expect(spans).to.have.lengthOf(2);
    for (const span of spans) {
      const model = String(span.attributes['gen_ai.request.model']);
      expect(span.attributes).to.include({
        'gen_ai.response.id': model,
        'gen_ai.usage.input_tokens': model.length,
        'gen_ai.usage.output_tokens': 3,
      });
      expect(answerOf(span)).to.deep.equal(said(`${model}-1 ${model}-2 ${model}-3 `));
    }
    expect(new Set(spans.map(({ attributes }) => attributes['gen_ai.request.model']))).to.have.property('size', 2);
  });

  const SHORT = [deltaChunk({ content: 'one ' }), deltaChunk({ content: 'two' }), deltaChunk({}, 'stop')];

  it('counts a stream once that is read twice', async () => {
    const desk = await deskFor(() => [...SHORT, usageChunk(5, 2)]);
    const span = await onlySpanOf(async () => {
      const stream = await desk.stream(ASKED);
      expect(await textFrom(stream)).to.equal('one two');
      const again = await textFrom(stream).catch((error: unknown) => error);
      expect(again).to.be.instanceOf(Error);
    });
    expect(span.attributes).to.include({ 'gen_ai.usage.input_tokens': 5, 'gen_ai.usage.output_tokens': 2 });
    expect(answerOf(span)).to.deep.equal(said('one two'));
    expect(span.attributes).to.not.have.property('error.type');
  });

  it('counts a stream once that is teed', async () => {
    const desk = await deskFor(() => [...SHORT, usageChunk(5, 2)]);
    const span = await onlySpanOf(async () => {
      const [left, right] = (await desk.stream(ASKED)).tee();
      expect(await textFrom(left)).to.equal('one two');
      expect(await textFrom(right)).to.equal('one two');
    });
    expect(span.attributes).to.include({ 'gen_ai.usage.input_tokens': 5, 'gen_ai.usage.output_tokens': 2 });
    expect(answerOf(span)).to.deep.equal(said('one two'));
  });

  it('is no token count where a stream has none', async () => {
    const desk = await deskFor(() => SHORT);
    const span = await onlySpanOf(async () => textFrom(await desk.stream(ASKED)));
    expect(answerOf(span)).to.deep.equal(said('one two'));
    expect(Object.keys(span.attributes).filter((key) => key.startsWith('gen_ai.usage.'))).to.deep.equal([]);
  });

  it('is cut where a stream outgrows maxCaptureBytes, and that is said; the counts come all the same', async () => {
    const desk = await deskFor(() => [
      ...Array.from({ length: 20 }, () => deltaChunk({ content: '0123456789' })),
      deltaChunk({}, 'stop'),
      usageChunk(5, 200),
    ]);
    const tracing = configureTracing({ maxCaptureBytes: 64, destinations: [{ provider: 'memory' }] });
    try {
      expect(await textFrom(await desk.stream(ASKED))).to.have.lengthOf(200);
      const [span] = tracing.finishedSpans();
      if (span === undefined) throw new Error('no span');
      expect(span.attributes).to.deep.include({
        'spanwright.content_dropped': true,
        'gen_ai.response.finish_reasons': ['stop'],
        'gen_ai.usage.input_tokens': 5,
        'gen_ai.usage.output_tokens': 200,
      });
      expect(answerOf(span)).to.deep.equal(said('0123456789'.repeat(7).slice(0, 64)));
    } finally {
      await tracing.shutdown();
      // The bound belongs to the process and outlives the handle.
      configureTracing({ enabled: false });
    }
  });
});
