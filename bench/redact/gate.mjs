import { createGate } from '#lib/privacy/gate.js';
import { createTextRedactor } from '#lib/privacy/redact-text.js';

import { bytes, measure } from '../lib/rounds.mjs';
import { proseOf } from './sizes.mjs';

const text = createTextRedactor({ level: 'all' });
const gate = createGate({ tier: 'redacted', text });

// Facts as a call to a model puts them on its span.
const FACTS = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-4.1-mini-2025-04-14',
  'gen_ai.response.model': 'gpt-4.1-mini-2025-04-14',
  'gen_ai.response.id': 'chatcmpl-CEnnvRzvT0UlGjK1WvYQ7Y1bBxgYW',
  'gen_ai.usage.input_tokens': 1204,
  'gen_ai.usage.output_tokens': 312,
  'gen_ai.usage.total_tokens': 1516,
  'gen_ai.usage.cache_read.input_tokens': 1024,
  'gen_ai.usage.cost': 0.001_342,
  'gen_ai.request.temperature': 0.2,
  'gen_ai.request.max_tokens': 1024,
  'gen_ai.request.top_p': 1,
  'gen_ai.request.seed': 7,
  'gen_ai.output.type': 'text',
  'gen_ai.conversation.id': '3f0c9a4e-6f3b-4a55-8d5e-0f8ce90f2a11',
  'session.id': 'session-8841',
  'user.id': 'user-1731',
  'server.address': 'api.openai.com',
  'server.port': 443,
  'http.response.status_code': 200,
  'openai.response.service_tier': 'default',
  'openai.response.system_fingerprint': 'fp_5b26d85e12',
  'spanwright.call_type': 'llm',
  'app.release': '2026.11.2',
};

const TREE = {
  messages: Array.from({ length: 5 }, (_, index) => ({
    role: index % 2 === 0 ? 'user' : 'assistant',
    parts: [{ type: 'text', content: proseOf(80 + index) }],
    finish_reason: 'stop',
  })),
  tools: [{ type: 'function', name: 'find_order', parameters: { type: 'object', required: ['id', 'date'] } }],
  usage: { inputTokens: 12, outputTokens: 40 },
};

// Ids of a span change with each.
let serial = 0;
const VALUES = {
  'facts of a call, 25 entries': () => FACTS,
  'the same, three ids new each time': () => ({
    ...FACTS,
    'gen_ai.response.id': `chatcmpl-CEnnvRzvT0UlGjK1WvYQ7Y1${serial++}`,
    'gen_ai.conversation.id': `3f0c9a4e-6f3b-4a55-8d5e-${(serial * 7919).toString(16)}`,
    'user.id': `user-${serial}`,
  }),
  'messages, 28 leaves': () => TREE,
  'messages with 2 KiB of prose': () => ({ ...TREE, prompt: PROSE }),
};
const PROSE = proseOf(2048);

const rows = {};
for (const [title, make] of Object.entries(VALUES)) {
  const variant = {
    name: 'gate',
    calls: 1,
    run: (n) => {
      let same = 0;
      for (let i = 0; i < n; i++) {
        const value = make();
        if (gate.value(value) === value) same++;
      }
      if (same !== n) throw new Error(`${title}: altered`);
      return same;
    },
  };
  const written = {
    name: 'JSON.stringify',
    calls: 1,
    run: (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += JSON.stringify(make()).length;
      return sum;
    },
  };
  const ns = await measure([variant, written], { rounds: 9, ms: 10, warm: 3 });
  const memory = { gate: await bytes(variant, 200), 'JSON.stringify': await bytes(written, 200) };
  const verdict = `${(ns.gate / 1000).toFixed(1)} µs${title.startsWith('facts') ? ` (limit 3 µs: ${ns.gate <= 3000 ? 'met' : 'missed'})` : ''}`;
  rows[title] = { ns, bytes: memory, verdict };
}
console.log(JSON.stringify(rows));
