import { types } from 'node:util';
import type { Tracing } from 'spanwright';
import { configureTracing, LlmCall } from 'spanwright';
import type { FinishedSpan } from 'spanwright/testing';
import { expect } from 'chai';
import { Exchange } from '#lib/genai/exchange.js';
import { allEndpoints } from '#lib/genai/providers/all-endpoints.js';
import type { MadeChunk } from './made-streams.js';
import { Measured } from './measured.js';
import { deltaChunk, usageChunk } from './made-streams.js';

interface Request {
  readonly model: string;
  readonly messages: readonly object[];
}

const answer = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'gpt-4o-2024-08-06',
  choices: [{ index: 0, message: { role: 'assistant', content: 'On Tuesday.' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 },
};

const chunks = [
  deltaChunk({ role: 'assistant', content: 'On ' }),
  deltaChunk({ content: 'Tuesday.' }),
  deltaChunk({}, 'stop'),
  usageChunk(9, 3),
];

class Model {
  @LlmCall
  async whole(_request: Request): Promise<object> {
    return answer;
  }

  @LlmCall
  async *streamed(_request: Request): AsyncGenerator<MadeChunk> {
    yield* chunks;
  }
}

const request = (): Request => ({ model: 'gpt-4o', messages: [{ role: 'user', content: 'When does it come?' }] });

type Looks = (value: unknown) => boolean;

/** Every value that a structural copy looked at during some work: it asks of each object whether that is a proxy. */
async function lookedAt(work: () => Promise<void>): Promise<Set<unknown>> {
  const seen = new Set<unknown>();
  const isProxy: Looks = types.isProxy;
  const looking: Looks = (value) => {
    seen.add(value);
    return isProxy(value);
  };
  Object.defineProperty(types, 'isProxy', { value: looking, configurable: true, writable: true, enumerable: true });
  try {
    await work();
  } finally {
    Object.defineProperty(types, 'isProxy', { value: isProxy, configurable: true, writable: true, enumerable: true });
  }
  return seen;
}

async function read(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const chunk of stream) expect(chunk).to.be.an('object');
}

/** Calls both methods; tells whether a message of the request or of the answer was copied, and what was delivered. */
async function ask(tracing: Tracing | undefined): Promise<{ isCopied: boolean[]; spans: readonly FinishedSpan[] }> {
  const model = new Model();
  const asked = request();
  const seen = await lookedAt(async () => {
    await model.whole(asked);
    await read(model.streamed(asked));
  });
  const spans = tracing?.finishedSpans('memory') ?? [];
  return { isCopied: [seen.has(asked.messages[0]), seen.has(answer.choices[0]?.message)], spans };
}

async function under(options: Parameters<typeof configureTracing>[0]): ReturnType<typeof ask> {
  const tracing = configureTracing(options);
  try {
    return await ask(tracing);
  } finally {
    await tracing.shutdown();
  }
}

const contentOf = ({ attributes }: FinishedSpan): string[] =>
  Object.keys(attributes).filter((key) => /messages|instructions|definitions|content_dropped/.test(key));

const factsOf = ({ name, attributes }: FinishedSpan): object => {
  const facts = Object.entries(attributes).filter(([key]) => !/messages|latency_ms|time_to_first_chunk/.test(key));
  return { name, ...Object.fromEntries(facts) };
};

describe('messages of a call to a model', () => {
  it('are copied where a destination takes content', async () => {
    const { isCopied, spans } = await under({ destinations: [{ provider: 'memory' }] });
    expect(isCopied).to.deep.equal([true, true]);
    expect(spans.map(contentOf)).to.deep.equal([
      ['gen_ai.input.messages', 'gen_ai.output.messages'],
      ['gen_ai.input.messages', 'gen_ai.output.messages'],
    ]);
  });

  it('are not copied where no destination does, and the facts are the same', async () => {
    const { isCopied, spans } = await under({ destinations: [{ provider: 'memory', content: 'none' }] });
    expect(isCopied).to.deep.equal([false, false]);
    expect(spans.map(contentOf)).to.deep.equal([[], []]);
    const full = await under({ destinations: [{ provider: 'memory' }] });
    expect(spans.map(factsOf)).to.deep.equal(full.spans.map(factsOf));
  });

  it('are not copied for a call that is sampled out', async () => {
    const { isCopied, spans } = await under({ destinations: [{ provider: 'memory' }], sampling: { ratio: 0 } });
    expect(isCopied).to.deep.equal([false, false]);
    expect(spans).to.deep.equal([]);
  });

  it('are not copied for a call that is sampled out and measured', async () => {
    const measured = new Measured();
    const sampling = { ratio: 0 };
    const { isCopied } = await under({ destinations: [{ provider: 'memory' }], sampling, metrics: true });
    expect(isCopied).to.deep.equal([false, false]);
    expect(await measured.points('gen_ai.client.operation.duration')).to.have.length(1);
    await measured.stop();
  });

  it('are not copied while nothing is configured', async () => {
    const { isCopied } = await ask(undefined);
    expect(isCopied).to.deep.equal([false, false]);
  });

  it('are not gathered from a stream that began while nobody wanted them', () => {
    const copy = (value: unknown): unknown => structuredClone(value);
    const contentAfter = (copyAtStart: typeof copy | undefined): object => {
      const exchange = new Exchange({ endpoints: allEndpoints, provider: undefined, maxChars: 1000 });
      exchange.ask([request()]);
      exchange.keepRequest(copyAtStart);
      for (const chunk of chunks) exchange.chunk(chunk, copyAtStart);
      exchange.finish(copy);
      expect(exchange.facts(true).usage).to.deep.equal({ inputTokens: 9, outputTokens: 3, totalTokens: 12 });
      expect(exchange.isCut).to.equal(false);
      return exchange.contentReader()();
    };
    expect(contentAfter(undefined)).to.deep.equal({});
    expect(contentAfter(copy)).to.have.keys('input', 'output');
  });
});
