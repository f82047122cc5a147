import { expect } from 'chai';
import { OpenAI } from 'openai';

import { createChatApi } from '../../../samples/ticket-summarizer/offline/chat-api.js';
import { startLoopbackServer } from '../../../samples/ticket-summarizer/offline/loopback-server.js';
import type { LoopbackServer } from '../../../samples/ticket-summarizer/offline/loopback-server.js';
import { diagnosticsPrompt, synthesisPrompt } from '../../../samples/ticket-summarizer/prompt.js';
import type { Prompt } from '../../../samples/ticket-summarizer/prompt.js';
import type { Ticket } from '../../../samples/ticket-summarizer/ticket.js';

const ticket: Ticket = {
  ticketId: 'T-1',
  serialNo: 1,
  text: 'The client crashes since the update 4.2. It stays closed.',
  comments: [
    { author: 'agent', text: 'Have you run it?' },
    { author: 'customer', text: 'I ran diagnostics, all is green.' },
  ],
};

function toBody({ system, user }: Prompt) {
  return {
    model: 'offline-rules',
    messages: [
      { role: 'system' as const, content: system },
      { role: 'user' as const, content: user },
    ],
  };
}

describe('offline chat API', () => {
  let server: LoopbackServer;
  let openai: OpenAI;

  before(async () => {
    server = await startLoopbackServer(createChatApi());
    openai = new OpenAI({ apiKey: 'any', baseURL: new URL('/v1', server.url).href, maxRetries: 0 });
  });
  after(() => server[Symbol.asyncDispose]());

  it('answers in JSON, with usage near a quarter of the characters', async () => {
    const body = toBody(synthesisPrompt(ticket));
    const completion = await openai.chat.completions.create(body);
    const [choice] = completion.choices;
    expect(choice?.finish_reason).to.equal('stop');
    const content = choice?.message.content ?? '';
    expect(JSON.parse(content)).to.deep.equal({
      issue_reported: 'The client crashes since the update 4.2.',
      root_cause: 'since the update 4.2',
      summary: 'The client crashes since the update 4.2. It stays closed.',
      resolution: 'open',
    });
    const chars = body.messages.reduce((total, message) => total + message.content.length, 0);
    expect(completion.usage).to.deep.equal({
      prompt_tokens: Math.ceil(chars / 4),
      completion_tokens: Math.ceil(content.length / 4),
      total_tokens: Math.ceil(chars / 4) + Math.ceil(content.length / 4),
    });
  });

  it('streams the same answer, with the usage last and only when asked for', async () => {
    const body = toBody(synthesisPrompt(ticket));
    const whole = await openai.chat.completions.create(body);
    for (const include_usage of [true, false]) {
      const stream = await openai.chat.completions.create({ ...body, stream: true, stream_options: { include_usage } });
      const chunks: OpenAI.ChatCompletionChunk[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      const content = chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('');
      expect(content).to.equal(whole.choices[0]?.message.content);
      expect(chunks.length).to.be.greaterThan(5);
      expect(chunks.at(-1)?.usage?.total_tokens).to.equal(include_usage ? whole.usage?.total_tokens : undefined);
    }
  });

  it('judges Diagnostics by what the customer says', async () => {
    const synthesis = { issue_reported: 'a', root_cause: 'b', summary: 'c', resolution: 'd' };
    const prompt = diagnosticsPrompt({ row: ticket, ticket, synthesis, errors: [] });
    const completion = await openai.chat.completions.create(toBody(prompt));
    expect(JSON.parse(completion.choices[0]?.message.content ?? '')).to.include({
      was_used: 'yes',
      could_help: 'yes',
      confidence: 'confident',
    });
  });

  it('refuses a task it has no rules for', async () => {
    const error = await openai.chat.completions
      .create(toBody({ system: 'Write a poem', user: 'now' }))
      .catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(OpenAI.APIError).and.include({ status: 400 });
  });
});
