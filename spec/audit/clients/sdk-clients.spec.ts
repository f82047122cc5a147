import Anthropic from '@anthropic-ai/sdk';
import { expect } from 'chai';
import Groq from 'groq-sdk';
import { Ollama } from 'ollama';
import OpenAI from 'openai';

import { auditedClient } from '#lib/audit/clients/audited-client.js';
import { modelPages } from './model-pages.js';
import { RecordingLedger } from './recording-ledger.js';
import { startWatchedServer, type WatchedServer } from './watched-server.js';

const question = { model: 'gpt-4o', messages: [{ role: 'user' as const, content: 'Capital of France?' }] };
const asked = { ...question, max_tokens: 8 };

describe('auditedClient around clients of models', () => {
  let ledger: RecordingLedger;
  let server: WatchedServer;
  const failures = { left: 0 };
  const options = (): { callType: string; ledger: RecordingLedger } => ({ callType: 'llm', ledger });

  before(async () => {
    server = await startWatchedServer(() => ledger, modelPages(failures));
  });
  beforeEach(() => {
    ledger = new RecordingLedger();
    server.arrivals.length = 0;
    failures.left = 0;
  });
  afterEach(() => {
    expect(server.arrivals.filter(({ wasIntended }) => !wasIntended)).deep.equal([]);
  });
  after(() => server.close());

  const openai = (): OpenAI => auditedClient(new OpenAI({ apiKey: 'sk-test', baseURL: server.url }), options());
  const anthropic = (): Anthropic =>
    auditedClient(new Anthropic({ apiKey: 'sk-test', baseURL: server.url }), options());

  it('keeps the class of the client, and leaves the given one as it was', async () => {
    const plain = new OpenAI({ apiKey: 'sk-test', baseURL: server.url });
    const audited = auditedClient(plain, options());
    expect(audited).instanceOf(OpenAI);
    expect(audited.baseURL).equal(plain.baseURL);
    expect(audited).not.equal(plain);
    expect(await audited.chat.completions.create(question)).nested.include({ 'choices[0].message.content': 'Paris' });
    expect(ledger.calls).length(1);
    expect(ledger.only.start).deep.include({ system: 'llm', op: { class: 'OpenAI', method: 'request' } });
    expect(ledger.only.isOutcomeDurable).equal(true);
  });

  it('keeps the methods of a promise of OpenAI', async () => {
    const promise = openai().chat.completions.create(question);
    expect(promise.constructor.name).equal('APIPromise');
    const { data, response, request_id: id } = await promise.withResponse();
    expect(data.choices[0]?.message.content).equal('Paris');
    expect(response).instanceOf(Response);
    expect(id).equal(null);
    const raw = await openai().chat.completions.create(question).asResponse();
    expect(await raw.json()).property('object', 'chat.completion');
  });

  it('keeps a stream of OpenAI, which ends when the outcome is durable', async () => {
    const stream = await openai().chat.completions.create({ ...question, stream: true });
    expect(stream.controller).instanceOf(AbortController);
    let text = '';
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    expect(text).equal('Paris');
    expect(ledger.only.isOutcomeDurable).equal(true);
    expect(ledger.answer(ledger.only)).match(/\[DONE\]\n\n$/);
  });

  it('keeps the helpers of OpenAI for streams', async () => {
    const runner = openai().chat.completions.stream({ ...question });
    expect(await runner.finalContent()).equal('Paris');
    expect(ledger.only.end).deep.equal({ status: 'ok' });
  });

  it('ends the call as cancelled when a stream is left', async () => {
    for await (const chunk of await openai().chat.completions.create({ ...question, stream: true })) {
      expect(chunk.object).equal('chat.completion.chunk');
      break;
    }
    while (!ledger.only.isOutcomeDurable) await new Promise(setImmediate);
    expect(ledger.only.end?.status).equal('cancelled');
  });

  it('gives the attempts of one call one id', async () => {
    failures.left = 2;
    const client = openai();
    await Promise.all([client.chat.completions.create(question), client.models.list()]);
    const chat = ledger.calls.filter((call) => ledger.request(call)['path'] === '/chat/completions');
    expect(chat.map(({ start }) => start.attempt ?? 1)).deep.equal([1, 2, 3]);
    expect(new Set(chat.map(({ id }) => id)).size).equal(1);
    expect(chat.map(({ end }) => end?.error?.code)).deep.equal(['500', '500', undefined]);
    expect(chat.map(({ isOutcomeDurable }) => isOutcomeDurable)).deep.equal([true, true, true]);
    await client.chat.completions.create(question);
    expect(new Set(ledger.calls.map(({ id }) => id)).size).equal(3);
  });

  it('counts the attempts of a page as well', async () => {
    const pages = await openai().models.list();
    expect(pages.data[0]?.id).equal('gpt-4o');
    expect(ledger.request(ledger.only)['method']).equal('GET');
  });

  it('audits clients that an audited one makes', async () => {
    const derived = openai().withOptions({ maxRetries: 1 });
    failures.left = 1;
    await derived.chat.completions.create(question);
    expect(ledger.calls.map(({ id, start }) => [id, start.attempt ?? 1])).deep.equal([
      ['call-1', 1],
      ['call-1', 2],
    ]);
    await derived.withOptions({ fetch: (...args: Parameters<typeof fetch>) => fetch(...args) }).models.list();
    expect(ledger.calls).length(3);
  });

  it('audits a client once, however often it is given', async () => {
    const client = auditedClient(openai(), { ...options(), provider: 'second' });
    await client.models.list();
    expect(ledger.only.start.provider).equal('second');
  });

  it('makes no request whose intent is refused, and says why', async () => {
    ledger.refuseWith = 'AUDIT_DISK_LOW';
    for (const client of [openai(), anthropic()]) {
      const error: unknown = await client
        .withOptions({ maxRetries: 1 })
        .post('/models', {})
        .catch((thrown: unknown) => thrown);
      expect(error).property('code', 'AUDIT_DISK_LOW');
    }
    expect(server.arrivals).deep.equal([]);
  });

  it('withholds an answer whose outcome is lost', async () => {
    ledger.losesOutcomes = true;
    const error: unknown = await openai()
      .chat.completions.create(question)
      .catch((thrown: unknown) => thrown);
    expect(error).property('code', 'AUDIT_OUTCOME_LOST');
    const reading = async (): Promise<void> => {
      for await (const event of await anthropic().messages.create({ ...asked, stream: true }))
        expect(event.type).a('string');
    };
    const inStream: unknown = await reading().catch((thrown: unknown) => thrown);
    expect(inStream).property('code', 'AUDIT_OUTCOME_LOST');
  });

  it('keeps promises, streams and helpers of Anthropic', async () => {
    const promise = anthropic().messages.create(asked);
    expect(promise.constructor.name).equal('APIPromise');
    expect((await promise.withResponse()).data.content[0]).deep.include({ text: 'Paris' });
    const kinds: string[] = [];
    for await (const event of await anthropic().messages.create({ ...asked, stream: true })) kinds.push(event.type);
    expect(kinds.at(-1)).equal('message_stop');
    const helper = anthropic().messages.stream(asked);
    expect(helper.constructor.name).equal('MessageStream');
    expect(await helper.finalText()).equal('Paris');
    expect(ledger.calls.map(({ end }) => end?.status)).deep.equal(['ok', 'ok', 'ok']);
    failures.left = 1;
    await anthropic().messages.create(asked);
    expect(ledger.calls.slice(3).map(({ start }) => start.attempt ?? 1)).deep.equal([1, 2]);
  });

  it('knows relatives of the same generator', async () => {
    const groq = auditedClient(new Groq({ apiKey: 'gsk-test', baseURL: server.url }), options());
    expect(groq).instanceOf(Groq);
    expect((await groq.chat.completions.create(question)).choices[0]?.message.content).equal('Paris');
    expect(ledger.only.start.op).deep.equal({ class: 'Groq', method: 'request' });
  });

  it('changes a client in place that cannot be copied', () => {
    const ollama = new Ollama({ host: server.url });
    expect(auditedClient(ollama, options())).equal(ollama);
  });

  it('refuses a client that it does not know', () => {
    expect(() => auditedClient(new Map(), options())).throw('AUDIT_CLIENT_UNKNOWN');
    expect(() => auditedClient(new Map(), { ...options(), methods: ['nothing' as 'get'] })).throw(
      'AUDIT_CLIENT_UNKNOWN',
    );
  });
});
