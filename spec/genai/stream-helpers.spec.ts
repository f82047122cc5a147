import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Anthropic from '@anthropic-ai/sdk';
import type { MessageStream } from '@anthropic-ai/sdk/lib/MessageStream';
import { expect } from 'chai';
import OpenAI from 'openai';
import type { ChatCompletionStream } from 'openai/lib/ChatCompletionStream';
import { LlmCall } from 'spanwright';
import { onlySpanOf } from '../decorators/captured.js';

const MESSAGES = [{ role: 'user' as const, content: 'q' }];

const chunk = (delta: object, finish: string | null, usage?: object): object => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  model: 'gpt-4o-2024-08-06',
  choices: [{ index: 0, delta, finish_reason: finish }],
  ...(usage === undefined ? {} : { usage }),
});

const CHAT = [
  chunk({ role: 'assistant', content: 'Hel' }, null),
  chunk({ content: 'lo' }, null),
  chunk({}, 'stop', { prompt_tokens: 7, completion_tokens: 4, total_tokens: 11 }),
];

const message = { id: 'msg_1', type: 'message', role: 'assistant', model: 'claude-x', content: [], stop_reason: null };
const EVENTS = [
  { type: 'message_start', message: { ...message, usage: { input_tokens: 7, output_tokens: 1 } } },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hello' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 4 } },
  { type: 'message_stop' },
];

// A model of the name `broken` loses its connection in its answer, one of the name `refused` is refused.
async function answer(request: IncomingMessage): Promise<{ status: number; lines: string[]; isBroken: boolean }> {
  let body = '';
  for await (const part of request) body += String(part);
  const { model } = JSON.parse(body) as { model: string };
  if (model === 'refused') return { status: 429, lines: ['{"error":{"message":"slowly"}}'], isBroken: false };
  const events = request.url?.includes('messages') === true ? EVENTS : CHAT;
  const lines = events.map(
    (event) => `event: ${String(Reflect.get(event, 'type'))}\ndata: ${JSON.stringify(event)}\n\n`,
  );
  return { status: 200, lines: model === 'broken' ? lines.slice(0, 1) : lines, isBroken: model === 'broken' };
}

async function all(items: AsyncIterable<unknown>): Promise<void> {
  for await (const item of items) expect(item).to.be.an('object');
}

async function thrownBy(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  return expect.fail('expected a rejection');
}

const USES: Readonly<Record<string, (stream: ChatCompletionStream | MessageStream) => Promise<unknown>>> = {
  'final…()': (stream) => ('finalText' in stream ? stream.finalText() : stream.finalContent()),
  'done()': (stream) => stream.done(),
  'emitted()': (stream) => (stream as MessageStream).emitted('end'),
  'for await': all,
  'for await and done()': (stream) => Promise.all([all(stream), stream.done()]),
  'toReadableStream()': async (stream) => {
    const reader = stream.toReadableStream().getReader() as ReadableStreamDefaultReader<unknown>;
    while (!(await reader.read()).done);
  },
};

describe("the helpers for streams of OpenAI's and Anthropic's clients", () => {
  let server: Server;
  const made: { openai?: OpenAI; anthropic?: Anthropic } = {};

  before(async () => {
    server = createServer((request, response) => {
      void answer(request).then(({ status, lines, isBroken }) => {
        response.writeHead(status, { 'content-type': status === 200 ? 'text/event-stream' : 'application/json' });
        response.write(lines.join(''), () => (isBroken ? response.destroy() : response.end()));
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    made.openai = new OpenAI({ apiKey: 'none', baseURL: url, maxRetries: 0 });
    // The client makes spans of its own otherwise.
    made.anthropic = new Anthropic({ apiKey: 'none', baseURL: url, maxRetries: 0, openTelemetry: false });
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const MAKERS: Readonly<Record<string, (model: string) => ChatCompletionStream | MessageStream>> = {
    'chat.completions.stream()': (model) =>
      (made.openai as OpenAI).chat.completions.stream({ model, messages: MESSAGES }),
    'messages.stream()': (model) =>
      (made.anthropic as Anthropic).messages.stream({ model, max_tokens: 9, messages: MESSAGES }),
  };

  for (const [name, make] of Object.entries(MAKERS)) {
    for (const [title, use] of Object.entries(USES)) {
      it(`${name} ends its call with all that came, once: ${title}`, async () => {
        const returned: unknown[] = [];
        const span = await onlySpanOf(async () => {
          const stream = LlmCall.wrap((model: string) => {
            returned.push(make(model));
            return returned[0] as ChatCompletionStream | MessageStream;
          })('some');
          expect(stream).to.equal(returned[0]);
          await use(stream);
        });
        expect(span.attributes).to.include({ 'gen_ai.usage.input_tokens': 7, 'gen_ai.usage.output_tokens': 4 });
        expect(span.attributes['gen_ai.output.messages']).to.include('"content":"Hello"');
        expect(span.status.code).to.equal(0);
      });
    }

    it(`${name} fails with the error that its reader gets`, async () => {
      for (const model of ['broken', 'refused']) {
        const errors: unknown[] = [];
        const span = await onlySpanOf(async () => {
          errors.push(await thrownBy(LlmCall.wrap(make)(model).done()));
        });
        const error = errors[0] as Error & { status?: number };
        expect(span.events[0]?.attributes).to.include({ 'exception.message': error.message });
        expect(span.attributes['error.type']).to.equal(
          model === 'refused' ? '429' : span.events[0]?.attributes?.['exception.type'],
        );
      }
    });

    it(`${name} is an error when it is aborted before its answer, and cancelled behind its beginning`, async () => {
      const early = await onlySpanOf(async () => {
        const stream = LlmCall.wrap(make)('some');
        stream.abort();
        await thrownBy(stream.done());
      });
      expect(early.status.code).to.equal(2);
      const late = await onlySpanOf(async () => {
        for await (const item of LlmCall.wrap(make)('some')) {
          expect(item).to.be.an('object');
          break;
        }
      });
      expect(late.status.code).to.equal(0);
      expect(late.attributes).to.include({ 'spanwright.outcome': 'cancelled' });
    });
  }
});
