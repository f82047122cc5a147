import { expect } from 'chai';

import { recordedEvents, recordedJson, toEventStream, toJson } from './vendor-case.js';
import type { VendorCase } from './vendor-case.js';

interface Text {
  text: string;
}

interface AnthropicEvent {
  readonly type: string;
  delta?: { type: string; text?: string };
}

const anthropic: VendorCase = {
  provider: 'anthropic',
  env: (url) => ({ ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: 'key-4' }),
  recordings: ['anthropic-02', 'anthropic-10'],
  ask: ({ body }) => {
    const { system, messages, stream } = body as { system: string; messages: [{ content: string }]; stream?: boolean };
    return { system, user: messages[0].content, isStreamed: stream === true };
  },
  answer: (content, { isStreamed }) => {
    if (isStreamed) {
      let rest = content;
      const events = recordedEvents<AnthropicEvent>('anthropic-10');
      for (const event of events) {
        if (typeof event === 'string' || event.delta?.type !== 'text_delta') continue;
        event.delta.text = rest;
        rest = '';
      }
      return toEventStream(events);
    }
    const message = recordedJson('anthropic-02') as { content: [Text] };
    // The way of some models to give JSON.
    message.content[0].text = `\`\`\`json\n${content}\n\`\`\``;
    return toJson(message);
  },
  expectCall: ({ path, headers, body }) => {
    expect(path).to.equal('/v1/messages');
    expect(headers).to.include({ authorization: 'Bearer key-4' });
    expect(body).to.include({ model: 'claude-haiku-4-5', max_tokens: 1024 });
  },
  spanName: 'chat claude-haiku-4-5',
  whole: {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'anthropic',
    'gen_ai.request.model': 'claude-haiku-4-5',
    'gen_ai.request.max_tokens': 1024,
    'gen_ai.response.model': 'claude-3-5-haiku-20241022',
    'gen_ai.response.id': 'msg_01Ctc62hUPvikvYASXZqTo9q',
    'gen_ai.usage.input_tokens': 29,
    'gen_ai.usage.output_tokens': 46,
    'gen_ai.usage.cost': 0.0002072,
  },
  streamed: {
    'gen_ai.provider.name': 'anthropic',
    'gen_ai.request.stream': true,
    'gen_ai.response.id': 'msg_015vYx5y1ygzx5WM3FSMKpqQ',
    'gen_ai.usage.input_tokens': 11,
    'gen_ai.usage.output_tokens': 6,
  },
  summary: /^Model: anthropic claude-haiku-4-5: 6 calls, 138 input and 196 output tokens, 0\.000894 USD, \d+ ms/m,
};

interface GeminiAnswer {
  candidates: [{ content: { parts: [Text] } }];
}

const gemini: VendorCase = {
  provider: 'gemini',
  env: (url) => ({ GOOGLE_GEMINI_BASE_URL: url, GEMINI_API_KEY: 'key-5' }),
  recordings: ['gemini-06', 'gemini-05'],
  ask: ({ path, body }) => {
    const { systemInstruction, contents } = body as {
      systemInstruction: { parts: [Text] };
      contents: [{ parts: [Text] }];
    };
    return {
      system: systemInstruction.parts[0].text,
      user: contents[0].parts[0].text,
      isStreamed: path.includes(':streamGenerateContent'),
    };
  },
  answer: (content, { isStreamed }) => {
    if (!isStreamed) {
      const answer = recordedJson('gemini-06') as GeminiAnswer;
      answer.candidates[0].content.parts[0].text = content;
      return toJson(answer);
    }
    let rest = content;
    const events = recordedEvents<GeminiAnswer>('gemini-05');
    for (const event of events) {
      if (typeof event === 'string') continue;
      event.candidates[0].content.parts[0].text = rest;
      rest = '';
    }
    return toEventStream(events);
  },
  expectCall: ({ path, headers }) => {
    expect(path).to.match(/^\/v1beta\/models\/gemini-2\.5-flash:(generateContent|streamGenerateContent\?alt=sse)$/);
    expect(headers).to.include({ 'x-goog-api-key': 'key-5' });
  },
  spanName: 'generate_content gemini-2.5-flash',
  whole: {
    'gen_ai.operation.name': 'generate_content',
    'gen_ai.provider.name': 'gcp.gemini',
    'gen_ai.request.model': 'gemini-2.5-flash',
    'gen_ai.response.model': 'gemini-2.5-flash',
    'gen_ai.response.id': '-hk4afOSMZKkjuMPnJWGkAk',
    'gen_ai.usage.input_tokens': 5,
    'gen_ai.usage.output_tokens': 1935,
    'gen_ai.usage.reasoning.output_tokens': 1058,
  },
  streamed: {
    'gen_ai.provider.name': 'gcp.gemini',
    'gen_ai.request.stream': true,
    'gen_ai.response.id': '5izpaJ_VMqednvgP2KWkqQ8',
    'gen_ai.usage.input_tokens': 8,
    'gen_ai.usage.output_tokens': 2464,
  },
  summary: /^Model: gcp\.gemini gemini-2\.5-flash: 6 calls, 36 input and 12668 output tokens, 0\.0317 USD, \d+ ms/m,
};

const OLLAMA_HEAD = { model: 'llama3.2', created_at: '2026-11-20T09:45:30.391699Z' };
const OLLAMA_TAIL = {
  done_reason: 'stop',
  done: true,
  total_duration: 1_078_043_917,
  load_duration: 109_557_375,
  prompt_eval_count: 26,
  prompt_eval_duration: 153_401_750,
  eval_count: 298,
  eval_duration: 814_595_750,
};

const ollama: VendorCase = {
  provider: 'ollama',
  env: (url) => ({ OLLAMA_HOST: url }),
  recordings: ['ollama-04'],
  ask: ({ body }) => {
    const { messages, stream } = body as { messages: [{ content: string }, { content: string }]; stream: boolean };
    return { system: messages[0].content, user: messages[1].content, isStreamed: stream };
  },
  answer: (content, { isStreamed }) => {
    if (!isStreamed) {
      const answer = recordedJson('ollama-04') as { message: { content: string } };
      answer.message.content = content;
      return toJson(answer);
    }
    // No stream of /api/chat is recorded: typed from docs/api.md of ollama/ollama (read 2026-11-20).
    const half = Math.floor(content.length / 2);
    const pieces = [content.slice(0, half), content.slice(half)];
    const lines = [
      ...pieces.map((piece) => ({ ...OLLAMA_HEAD, message: { role: 'assistant', content: piece }, done: false })),
      { ...OLLAMA_HEAD, message: { role: 'assistant', content: '' }, ...OLLAMA_TAIL },
    ];
    return {
      contentType: 'application/x-ndjson',
      body: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
    };
  },
  expectCall: ({ path, body }) => {
    expect(path).to.equal('/api/chat');
    expect(body).to.include({ model: 'llama3.2', format: 'json' });
  },
  spanName: 'chat llama3.2',
  whole: {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'ollama',
    'gen_ai.request.model': 'llama3.2',
    'gen_ai.response.model': 'gemma3:1b',
    'gen_ai.usage.input_tokens': 19,
    'gen_ai.usage.output_tokens': 104,
  },
  streamed: {
    'gen_ai.provider.name': 'ollama',
    'gen_ai.request.stream': true,
    'gen_ai.response.model': 'llama3.2',
    'gen_ai.usage.input_tokens': 26,
    'gen_ai.usage.output_tokens': 298,
  },
  summary: /^Model: ollama llama3\.2: 6 calls, 128 input and 1012 output tokens, cost unknown, \d+ ms a call$/m,
};

/** The vendors with a language of their own. */
export const otherVendors: readonly VendorCase[] = [anthropic, gemini, ollama];
