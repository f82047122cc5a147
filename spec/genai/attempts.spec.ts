import { channel } from 'node:diagnostics_channel';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Anthropic from '@anthropic-ai/sdk';
import { expect } from 'chai';
import OpenAI from 'openai';
import { health, LlmCall, Traced } from 'spanwright';
import type { FinishedSpan } from 'spanwright';
import { spansOf } from '../decorators/captured.js';

const REQUEST = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: 'a question' }] };
const ANSWER = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'gpt-4o-2024-08-06',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'an answer' } }],
};

class Desk {
  readonly #openai: OpenAI;
  readonly #anthropic: Anthropic;
  readonly url: string;

  constructor(url: string) {
    this.url = url;
    this.#openai = new OpenAI({ apiKey: 'key', baseURL: `${url}/v1`, maxRetries: 2 });
    this.#anthropic = new Anthropic({ apiKey: 'key', baseURL: url, maxRetries: 2 });
  }

  @LlmCall()
  ask(_name: string, request = REQUEST): Promise<unknown> {
    return this.#openai.chat.completions.create(request);
  }

  @LlmCall()
  claude(): Promise<unknown> {
    return this.#anthropic.messages.create({ ...REQUEST, max_tokens: 5 });
  }

  @LlmCall()
  inside(): Promise<unknown> {
    return Traced.run({ name: 'inner' }, () => this.#openai.chat.completions.create(REQUEST));
  }

  @LlmCall()
  async twice(): Promise<unknown> {
    await this.#openai.chat.completions.create(REQUEST);
    return await this.#openai.chat.completions.create(REQUEST);
  }

  @LlmCall()
  async elsewhere(): Promise<unknown> {
    await fetch(`${this.url}/search`, { method: 'POST' });
    return await this.#openai.chat.completions.create(REQUEST);
  }
}

type Step = number | 'break';

const retries = (span: FinishedSpan | undefined): object[] =>
  (span?.events ?? []).filter(({ name }) => name === 'spanwright.retry').map(({ attributes }) => ({ ...attributes }));
const retry = (count: number, reason: string): object => ({
  'http.request.resend_count': count,
  'spanwright.retry.reason': reason,
});

describe('a request that a client sends again', () => {
  let server: Server;
  let desk: Desk;
  let steps: Step[];

  function answer(response: ServerResponse): void {
    const step = steps.shift() ?? 200;
    if (step === 'break') return void response.socket?.destroy();
    response.writeHead(step, { 'content-type': 'application/json', 'retry-after-ms': '1' });
    response.end(JSON.stringify(step === 200 ? ANSWER : { error: { message: 'not now' } }));
  }

  beforeEach(async () => {
    server = createServer((request, response) => {
      request.resume();
      request.on('end', () => answer(response));
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

  async function ours(work: () => unknown): Promise<FinishedSpan[]> {
    const spans = await spansOf(work);
    return spans.filter(({ instrumentationScope }) => instrumentationScope.name === 'spanwright');
  }

  it('is an event of the call, with its reason', async () => {
    for (const work of [() => desk.ask(''), () => desk.claude()]) {
      steps = [429, 'break'];
      const [span] = await ours(work);
      expect(retries(span)).to.deep.equal([retry(1, '429'), retry(2, 'SocketError')]);
      expect(span?.status.code).to.equal(0);
    }
  });

  it('is told when the call fails in the end', async () => {
    steps = [503, 500, 500];
    const [span] = await ours(() => desk.ask('').catch(() => {}));
    expect(retries(span)).to.deep.equal([retry(1, '503'), retry(2, '500')]);
    expect(span?.attributes['error.type']).to.equal('500');
  });

  it('is none where the first one did, or where nothing was sent again', async () => {
    for (steps of [[200], [400]] as Step[][]) {
      const [span] = await ours(() => desk.ask('').catch(() => {}));
      expect(retries(span)).to.deep.equal([]);
    }
  });

  it('is none where another request failed before', async () => {
    steps = [500];
    const [span] = await ours(() => desk.elsewhere());
    expect(retries(span)).to.deep.equal([]);
  });

  it('is counted once, whatever is asked behind it', async () => {
    steps = [429];
    const [span] = await ours(() => desk.twice());
    expect(retries(span)).to.deep.equal([retry(1, '429')]);
  });

  it('belongs to the call to the model, whatever span it is sent under', async () => {
    steps = [429];
    const [inner, call] = await ours(() => desk.inside());
    expect(inner?.name).to.equal('inner');
    expect(retries(inner)).to.deep.equal([]);
    expect(retries(call)).to.deep.equal([retry(1, '429')]);
  });

  it('belongs to its own call among several at once', async () => {
    steps = [200, 429, 200];
    const spans = await ours(() => Promise.all(['a', 'b', 'c'].map((name) => desk.ask(name))));
    expect(spans.flatMap(retries)).to.deep.equal([retry(1, '429')]);
  });

  it('is listened for from the first recorded call to the first request outside of one', async () => {
    const heard = (): boolean => channel('undici:request:create').hasSubscribers;
    // Ends the listening of whatever ran before, unless a call of it is open.
    await fetch(desk.url).then((reply) => reply.text());
    const before = heard();
    if (health().calls.live === 0) expect(before).to.equal(false);
    await desk.ask('off');
    expect(heard()).to.equal(before);
    await ours(async () => {
      await desk.ask('on');
      expect(heard()).to.equal(true);
      await desk.ask('on');
      expect(heard()).to.equal(true);
    });
    await fetch(desk.url).then((reply) => reply.text());
    expect(heard()).to.equal(before);
  });
});
