import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Anthropic, {
  AuthenticationError as ClaudeAuthenticationError,
  InternalServerError as ClaudeInternalServerError,
  NotFoundError as ClaudeNotFoundError,
  RateLimitError as ClaudeRateLimitError,
} from '@anthropic-ai/sdk';
import { SpanStatusCode } from '@opentelemetry/api';
import { expect } from 'chai';
import OpenAI, {
  APIConnectionTimeoutError,
  APIUserAbortError,
  AuthenticationError,
  InternalServerError,
  NotFoundError,
  RateLimitError,
} from 'openai';
import { health, LlmCall } from 'spanwright';
import type { FinishedSpan } from 'spanwright';
import { captureSpans } from 'spanwright/testing';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const REQUEST = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: 'a question' }] };
const CLAUDE_REQUEST = { ...REQUEST, model: 'claude-3-5-haiku-latest', max_tokens: 10 };

const json =
  (status: number, body: object): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };

const chunk = (content: string): string =>
  `data: ${JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    model: 'gpt-4o-2024-08-06',
    choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }],
  })}\n\n`;

class Desk {
  readonly #openai: OpenAI;
  readonly #anthropic: Anthropic;

  constructor(url: string) {
    this.#openai = new OpenAI({ apiKey: 'key', baseURL: `${url}/v1`, maxRetries: 0, timeout: 300 });
    this.#anthropic = new Anthropic({ apiKey: 'key', baseURL: url, maxRetries: 0, timeout: 300 });
  }

  @LlmCall()
  openai(request: typeof REQUEST, signal?: AbortSignal): unknown {
    return this.#openai.chat.completions.create(request, signal === undefined ? {} : { signal });
  }

  @LlmCall()
  anthropic(request: typeof CLAUDE_REQUEST): unknown {
    return this.#anthropic.messages.create(request);
  }

  @LlmCall()
  stream(request: typeof REQUEST, signal?: AbortSignal): unknown {
    const options = signal === undefined ? {} : { signal };
    return this.#openai.chat.completions.create({ ...request, stream: true }, options);
  }
}

describe('a call to a model that goes wrong', () => {
  let server: Server;
  let answer: Answer;
  let desk: Desk;

  beforeEach(async () => {
    server = createServer((request, response) => {
      request.resume();
      request.on('end', () => answer(response, request));
    });
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', done);
    });
    desk = new Desk(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  async function failing(work: () => unknown): Promise<{ error: unknown; span: FinishedSpan }> {
    return await captureSpans(async (spans) => {
      let error: unknown;
      try {
        await work();
      } catch (caught) {
        error = caught;
      }
      // The Anthropic client makes spans of its own for its requests.
      const [span, ...others] = spans.finished().filter(({ instrumentationScope: { name } }) => name === 'spanwright');
      expect(others).to.deep.equal([]);
      if (span === undefined) throw new Error('no span');
      return { error, span };
    });
  }

  const STATUSES = [
    [401, AuthenticationError, ClaudeAuthenticationError],
    [404, NotFoundError, ClaudeNotFoundError],
    [429, RateLimitError, ClaudeRateLimitError],
    [500, InternalServerError, ClaudeInternalServerError],
  ] as const;

  for (const [status, OpenaiError, AnthropicError] of STATUSES) {
    it(`has the status ${status} as its error.type, and throws the client's own error`, async () => {
      answer = json(status, { error: { message: 'no', type: 'test' } });
      for (const [work, expected, model] of [
        [() => desk.openai(REQUEST), OpenaiError, 'gpt-4o'],
        [() => desk.anthropic(CLAUDE_REQUEST), AnthropicError, 'claude-3-5-haiku-latest'],
      ] as const) {
        const { error, span } = await failing(work);
        expect(error).to.be.instanceOf(expected);
        expect(span.status.code).to.equal(SpanStatusCode.ERROR);
        expect(span.name).to.equal(`chat ${model}`);
        expect(span.attributes).to.include({
          'error.type': String(status),
          'gen_ai.request.model': model,
          'spanwright.call.status': 'error',
        });
        expect(span.attributes).to.not.have.any.keys('gen_ai.usage.input_tokens', 'gen_ai.usage.output_tokens');
      }
    });
  }

  it('counts no answer as unrecognised where there was none', async () => {
    const before = health().unrecognisedResponses;
    answer = json(500, { error: { message: 'no' } });
    await failing(() => desk.openai(REQUEST));
    expect(health().unrecognisedResponses).to.equal(before);
  });

  it('says how long it waited when the client gives up', async () => {
    answer = () => {};
    const { error, span } = await failing(() => desk.openai(REQUEST));
    expect(error).to.be.instanceOf(APIConnectionTimeoutError);
    // The client's class leaves `name` as it is: `Error`.
    expect(span.attributes['error.type']).to.equal('APIConnectionTimeoutError');
    expect(span.status.code).to.equal(SpanStatusCode.ERROR);
  });

  it('is an error when it is aborted before its answer', async () => {
    answer = () => {};
    const controller = new AbortController();
    const { error, span } = await failing(async () => {
      const running = desk.openai(REQUEST, controller.signal) as Promise<unknown>;
      setTimeout(() => controller.abort(), 20);
      await running;
    });
    expect(error).to.be.instanceOf(APIUserAbortError);
    expect(span.status.code).to.equal(SpanStatusCode.ERROR);
  });

  it('is no failure when a content filter ended the answer', async () => {
    answer = json(200, {
      id: 'chatcmpl-1',
      object: 'chat.completion',
      model: 'gpt-4o-2024-08-06',
      choices: [{ index: 0, finish_reason: 'content_filter', message: { role: 'assistant', content: '' } }],
      usage: { prompt_tokens: 5, completion_tokens: 0, total_tokens: 5 },
    });
    const { error, span } = await failing(() => desk.openai(REQUEST));
    expect(error).to.equal(undefined);
    expect(span.status.code).to.equal(SpanStatusCode.UNSET);
    expect(span.attributes['gen_ai.response.finish_reasons']).to.deep.equal(['content_filter']);
  });

  it('is a plain span and counted when a page of HTML comes instead of JSON', async () => {
    const before = health().unrecognisedResponses;
    answer = (response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<html><body>Bad gateway</body></html>');
    };
    const { error, span } = await failing(() => desk.openai(REQUEST));
    expect(error).to.equal(undefined);
    expect(span.name).to.equal('chat gpt-4o');
    expect(span.attributes).to.not.have.any.keys('gen_ai.response.id', 'gen_ai.usage.input_tokens');
    expect(health().unrecognisedResponses).to.equal(before + 1);
  });

  it('keeps what had arrived of a stream that breaks', async () => {
    answer = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(chunk('half of an ans'));
      setTimeout(() => response.destroy(), 20);
    };
    const { error, span } = await failing(async () => {
      for await (const item of (await desk.stream(REQUEST)) as AsyncIterable<unknown>) expect(item).to.be.an('object');
    });
    expect(error).to.be.instanceOf(Error);
    expect(span.status.code).to.equal(SpanStatusCode.ERROR);
    expect(span.attributes['gen_ai.response.model']).to.equal('gpt-4o-2024-08-06');
    expect(String(span.attributes['gen_ai.output.messages'])).to.contain('half of an ans');
  });

  it('is cancelled, with what had arrived, when the program leaves a stream', async () => {
    answer = (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(chunk('one'));
      response.write(chunk(' two'));
    };
    const { error, span } = await failing(async () => {
      for await (const item of (await desk.stream(REQUEST)) as AsyncIterable<{ choices: { delta: object }[] }>) {
        if (item.choices[0] !== undefined) break;
      }
    });
    expect(error).to.equal(undefined);
    expect(span.attributes['spanwright.outcome']).to.equal('cancelled');
    expect(span.status.code).to.equal(SpanStatusCode.UNSET);
    expect(String(span.attributes['gen_ai.output.messages'])).to.contain('one').and.not.contain('two');
  });
});
