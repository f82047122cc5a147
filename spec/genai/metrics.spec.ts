import { AlwaysOffSampler, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { expect } from 'chai';
import type { ChatCompletionCreateParams } from 'openai/resources/chat/completions';
import type { Tracing, TracingOptions } from 'spanwright';
import { configureTracing, LlmCall, recordLlmCall } from 'spanwright';
import { state } from '#lib/core/state.js';
import { disableGlobals } from '../testing/otel-globals.js';
import type { Replay } from './exchanges.js';
import { bodyOf, exchangeOf, replay, skipWithoutRecordings } from './exchanges.js';
import { Measured } from './measured.js';
import { MeasuredDesk, readAll } from './measured-desk.js';

const TOKENS = 'gen_ai.client.token.usage';
const DURATION = 'gen_ai.client.operation.duration';
const FIRST_CHUNK = 'gen_ai.client.operation.time_to_first_chunk';
const PER_CHUNK = 'gen_ai.client.operation.time_per_output_chunk';
const SECONDS = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];

// What the recordings say: 40 and 13 tokens; 12 and 12 in a stream; 8 of an embedding.
const CHAT = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-3.5-turbo',
  'gen_ai.response.model': 'gpt-3.5-turbo-0125',
};
const STREAM = { ...CHAT, 'gen_ai.request.model': 'gpt-4o-mini', 'gen_ai.response.model': 'gpt-4o-mini-2024-07-18' };

describe('metrics of calls to models', () => {
  let measured: Measured;
  let tracing: Tracing;
  let server: Replay;
  let desk: MeasuredDesk;
  let request: ChatCompletionCreateParams;

  before(skipWithoutRecordings);

  async function serve(id: string, options: TracingOptions = {}): Promise<void> {
    const exchange = exchangeOf(id);
    if (exchange === undefined) throw new Error(`${id} is absent`);
    server = await replay(exchange);
    desk = new MeasuredDesk(server.url);
    request = exchange.request.body as unknown as ChatCompletionCreateParams;
    tracing = configureTracing({ metrics: true, destinations: [{ provider: 'memory' }], ...options });
  }

  beforeEach(() => {
    measured = new Measured();
  });
  afterEach(async () => {
    await tracing.shutdown();
    await measured.stop();
    await server.close();
    disableGlobals();
  });

  it('have the published units and buckets', async () => {
    await serve('openai-34');
    await readAll(desk.stream(request));
    const all = await measured.all();
    expect([...all.keys()]).to.have.members([TOKENS, DURATION, FIRST_CHUNK, PER_CHUNK]);
    expect(all.get(TOKENS)?.descriptor.unit).to.equal('{token}');
    expect((await measured.points(TOKENS))[0]?.bounds).to.deep.equal([
      1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864,
    ]);
    for (const name of [DURATION, FIRST_CHUNK, PER_CHUNK]) {
      expect(all.get(name)?.descriptor.unit, name).to.equal('s');
      expect((await measured.points(name))[0]?.bounds, name).to.deep.equal(SECONDS);
    }
  });

  it('count the tokens of an answer once, by their type', async () => {
    await serve('openai-02');
    await desk.chat(request);
    const points = await measured.points(TOKENS);
    expect(points.map(({ attributes, count, sum }) => ({ attributes, count, sum }))).to.deep.equal([
      { attributes: { ...CHAT, 'gen_ai.token.type': 'input' }, count: 1, sum: 40 },
      { attributes: { ...CHAT, 'gen_ai.token.type': 'output' }, count: 1, sum: 13 },
    ]);
    const [duration] = await measured.points(DURATION);
    expect(duration).to.deep.include({ attributes: CHAT, count: 1 });
    expect(duration?.sum).to.be.greaterThan(0).and.below(10);
    expect(await measured.points(FIRST_CHUNK)).to.deep.equal([]);
  });

  it('count the tokens of a stream once, and the time of each of its chunks', async () => {
    await serve('openai-34');
    const chunks = await readAll(desk.stream(request));
    expect(chunks).to.equal((bodyOf(exchangeOf('openai-34') as never).match(/^data: \{/gm) ?? []).length);
    expect((await measured.points(TOKENS)).map(({ count, sum }) => [count, sum])).to.deep.equal([
      [1, 12],
      [1, 12],
    ]);
    const [first] = await measured.points(FIRST_CHUNK);
    const [between] = await measured.points(PER_CHUNK);
    const [duration] = await measured.points(DURATION);
    expect(first).to.deep.include({ attributes: STREAM, count: 1 });
    expect(between).to.deep.include({ attributes: STREAM, count: chunks - 1 });
    expect(duration).to.deep.include({ attributes: STREAM, count: 1 });
    const span = tracing.finishedSpans()[0];
    expect(first?.sum).to.equal(span?.attributes['gen_ai.response.time_to_first_chunk']);
    expect((first?.sum ?? 0) + (between?.sum ?? 0)).to.be.at.most((duration?.sum ?? 0) + 1e-9);
  });

  it('count the tokens of an embedding', async () => {
    await serve('openai-17');
    await desk.embed({ model: 'text-embedding-ada-002', input: 'Tell me a joke about opentelemetry' });
    const [input, ...others] = await measured.points(TOKENS);
    expect(others).to.deep.equal([]);
    expect(input).to.include({ count: 1, sum: 8 });
    expect(input?.attributes).to.include({ 'gen_ai.operation.name': 'embeddings', 'gen_ai.token.type': 'input' });
  });

  it('say what a call failed with, and count no tokens of it', async () => {
    await serve('openai-16');
    const failure = await Promise.resolve(desk.chat(request)).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).to.have.property('status', 400);
    const [duration, ...others] = await measured.points(DURATION);
    expect(others).to.deep.equal([]);
    expect(duration).to.include({ count: 1 });
    expect(duration?.attributes).to.deep.equal({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': request.model,
      'error.type': '400',
    });
    expect(await measured.points(TOKENS)).to.deep.equal([]);
  });

  it('leave out an answer that came from a cache, whose tokens stay on the span', async () => {
    await serve('openai-02', { prices: { version: '1', models: { 'gpt-3.5-turbo-0125': { input: 1, output: 1 } } } });
    await desk.cached(request);
    expect([...(await measured.all()).keys()]).to.deep.equal([]);
    expect(tracing.finishedSpans()[0]?.attributes)
      .to.include({ 'gen_ai.usage.input_tokens': 40, 'spanwright.cached': true })
      .and.not.have.property('gen_ai.usage.cost');
  });

  it('leave out a stream that came from a cache, chunk for chunk', async () => {
    await serve('openai-34');
    await readAll(desk.cachedStream(request));
    expect([...(await measured.all()).keys()]).to.deep.equal([]);
  });

  it('take the counts that the running code recorded', async () => {
    await serve('openai-02');
    await desk.recorded(request);
    expect((await measured.points(TOKENS)).map(({ sum }) => sum)).to.deep.equal([40, 7]);
  });

  it('take what the options state, and the server from there', async () => {
    await serve('openai-02');
    await desk.stated(request);
    expect((await measured.points(DURATION))[0]?.attributes).to.deep.equal({
      ...CHAT,
      'gen_ai.provider.name': 'mine',
      'server.address': 'llm.example',
      'server.port': 443,
    });
  });

  it('are none while they are off', async () => {
    await serve('openai-02', { metrics: false });
    await desk.chat(request);
    expect(state.metrics).to.equal(undefined);
    expect([...(await measured.all()).keys()]).to.deep.equal([]);
  });

  describe('of a call that is sampled out', () => {
    it('are measured as those of any other', async () => {
      await serve('openai-34', { sampling: { ratio: 0 } });
      const chunks = await readAll(desk.stream(request));
      expect(tracing.finishedSpans()).to.deep.equal([]);
      expect((await measured.points(TOKENS)).map(({ attributes, sum }) => [attributes, sum])).to.deep.equal([
        [{ ...STREAM, 'gen_ai.token.type': 'input' }, 12],
        [{ ...STREAM, 'gen_ai.token.type': 'output' }, 12],
      ]);
      expect((await measured.points(PER_CHUNK))[0]).to.deep.include({ attributes: STREAM, count: chunks - 1 });
      expect((await measured.points(DURATION))[0]).to.include({ count: 1 });
    });

    it('are measured for a host that samples out', async () => {
      const host = new NodeTracerProvider({ sampler: new AlwaysOffSampler() });
      host.register();
      await serve('openai-02');
      await desk.chat(request);
      expect(tracing.status()).to.deep.include({ state: 'hosted', metrics: 'hosted' });
      expect((await measured.points(TOKENS)).map(({ sum }) => sum)).to.deep.equal([40, 13]);
    });

    it('run no hook that serves the span', async () => {
      await serve('openai-02', { sampling: { ratio: 0 } });
      await desk.hooked(request);
      expect(desk.hooks).to.equal(0);
      expect((await measured.points(TOKENS)).map(({ sum }) => sum)).to.deep.equal([40, 13]);
      tracing = configureTracing({ metrics: true, destinations: [{ provider: 'memory' }] });
      await desk.hooked(request);
      expect(desk.hooks).to.equal(5);
    });

    it('take the counts that the running code recorded, and leave a cached answer out', async () => {
      await serve('openai-02', { sampling: { ratio: 0 } });
      await desk.cached(request);
      expect([...(await measured.all()).keys()]).to.deep.equal([]);
      await desk.recorded(request);
      expect((await measured.points(TOKENS)).map(({ sum }) => sum)).to.deep.equal([40, 7]);
    });
  });

  it('of a call that is recorded afterwards are its tokens alone', async () => {
    await serve('openai-02', { sampling: { ratio: 0 } });
    const answer: unknown = JSON.parse(bodyOf(exchangeOf('openai-02') as never));
    recordLlmCall(request, answer, { startTime: new Date(0) });
    expect((await measured.points(TOKENS)).map(({ sum }) => sum)).to.deep.equal([40, 13]);
    expect(await measured.points(DURATION)).to.deep.equal([]);
  });

  it('stand any counts that a user makes', async () => {
    await serve('openai-02');
    const usages = [{ inputTokens: Number.NaN }, { inputTokens: -1, outputTokens: '5' }, { outputTokens: Infinity }];
    for (const usage of usages) {
      LlmCall.wrap({ model: 'm', extract: () => ({ usage, response: { model: {} } }) as never }, () => 1)();
    }
    LlmCall.wrap({ model: 'x'.repeat(10_000) }, () => 1)();
    expect(await measured.points(TOKENS)).to.deep.equal([]);
    const durations = await measured.points(DURATION);
    expect(durations.map(({ attributes }) => attributes)).to.deep.equal([
      { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'm' },
      { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'x'.repeat(255) },
    ]);
  });
});
