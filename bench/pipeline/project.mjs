// What projecting one ended span costs: between its end and its encoding. The spans are those of the closed loop, a made one
// with its attributes ready and one of `@LlmCall` with its record beside it; ids and prompts differ from span to span.
import { SpanKind } from '@opentelemetry/api';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { configureTracing, LlmCall } from 'spanwright';
import { projectSpan } from '#lib/pipeline/projection/project-span.js';
import { EVERY_SPAN } from '#lib/pipeline/selection/selection.js';
import { createPrivacy } from '#lib/privacy/privacy.js';

import { bytes, measure } from '../lib/rounds.mjs';
import { numbersOf } from '../redact/sizes.mjs';

const POOL = 2048;
const TIERS = ['none', 'digest', 'redacted', 'full'];

const prose = numbersOf(4096);
const promptOf = (turn) => Buffer.from(`${turn} ${prose.slice(turn % 2000, (turn % 2000) + 2040)}`).toString('latin1');

function collecting() {
  const ended = [];
  const processor = {
    onStart: () => {},
    onEnd: (span) => ended.push(span),
    forceFlush: async () => {},
    shutdown: async () => {},
  };
  return { ended, provider: new NodeTracerProvider({ spanProcessors: [processor] }) };
}

function madeSpans(toContent) {
  const { ended, provider } = collecting();
  const tracer = provider.getTracer('bench');
  for (let turn = 0; turn < POOL; turn++) {
    const span = tracer.startSpan('chat gpt-4o', {
      kind: SpanKind.CLIENT,
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': 'gpt-4o',
        'gen_ai.request.temperature': 0.7,
        'gen_ai.request.max_tokens': 1024,
        'gen_ai.request.top_p': 1,
        'server.address': 'api.openai.com',
        'server.port': 443,
      },
    });
    span.setAttribute('gen_ai.response.model', 'gpt-4o-2024-08-06');
    span.setAttribute('gen_ai.response.id', `chatcmpl-${turn}`);
    span.setAttribute('gen_ai.response.finish_reasons', ['stop']);
    span.setAttribute('gen_ai.usage.input_tokens', 500 + (turn & 255));
    span.setAttribute('gen_ai.usage.output_tokens', 120 + (turn & 63));
    span.setAttribute('gen_ai.usage.cost', turn / 1e6);
    span.setAttribute('gen_ai.conversation.id', `conv-${turn >> 4}`);
    span.setAttribute('enduser.id', `u-${turn & 1023}`);
    span.setAttribute('gen_ai.input.messages', toContent(promptOf(turn)));
    span.end();
  }
  return ended;
}

async function recordedSpans() {
  const { ended, provider } = collecting();
  provider.register();
  const tracing = configureTracing({ destinations: [{ provider: 'memory', content: 'full', maxSpans: 1 }] });
  const call = LlmCall.wrap({ provider: 'openai' }, async (request) => ({
    id: `chatcmpl-${request.seed}`,
    object: 'chat.completion',
    model: 'gpt-4o-2024-08-06',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: `Answer ${request.seed}.` } }],
    usage: { prompt_tokens: 520, completion_tokens: 300, total_tokens: 820 },
  }));
  for (let seed = 0; seed < POOL; seed++) {
    await call({ model: 'gpt-4o', temperature: 0.7, seed, messages: [{ role: 'user', content: promptOf(seed) }] });
  }
  await tracing.shutdown();
  return ended;
}

const privacy = createPrivacy();
const rulesOf = (content, vocabulary) => ({
  content,
  vocabulary,
  hidden: new Set(),
  maxContentChars: undefined,
  selection: EVERY_SPAN,
  limits: {},
  resource: undefined,
  privacy,
});

// Digests are kept by span context; of another span it is another.
function again(span) {
  const spanContext = { ...span.spanContext() };
  return Object.create(span, { spanContext: { value: () => spanContext } });
}

function variantOf(spans, content, vocabulary) {
  const rules = rulesOf(content, vocabulary);
  // Evenly over all of them, or a run of few spans would meet its ids again.
  let next = 0;
  return {
    name: content,
    calls: 1,
    least: 50,
    run: (n) => {
      let sum = 0;
      for (let turn = 0; turn < n; turn++) {
        const span = spans[next++ % POOL];
        const given = content === 'digest' && spans.isMade ? again(span) : span;
        sum += projectSpan(given, rules).events.length;
      }
      return sum;
    },
  };
}

const text = madeSpans((prompt) => prompt);
const messages = madeSpans((prompt) => JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: prompt }] }]));
text.isMade = messages.isMade = true;
const recorded = await recordedSpans();

const gateOf = ({ redacted, full }, spans, tier) => {
  const gate = tier === 'full' ? full : redacted;
  let next = 0;
  return {
    name: `gate ${tier}`,
    calls: 1,
    least: 50,
    run: (n) => {
      let sum = 0;
      for (let turn = 0; turn < n; turn++) {
        sum += gate.forSpan().value(spans[next++ % POOL].attributes['gen_ai.input.messages']).length;
      }
      return sum;
    },
  };
};

const only = process.argv[2];
const rows = {
  'made, a text, gen-ai': () => TIERS.map((tier) => variantOf(text, tier, 'gen-ai')),
  'made, messages, gen-ai': () => TIERS.map((tier) => variantOf(messages, tier, 'gen-ai')),
  'made, messages, openinference': () => TIERS.map((tier) => variantOf(messages, tier, 'openinference')),
  '@LlmCall, gen-ai': () => TIERS.map((tier) => variantOf(recorded, tier, 'gen-ai')),
  '@LlmCall, openinference': () => TIERS.map((tier) => variantOf(recorded, tier, 'openinference')),
};
const result = {};
for (const [title, make] of Object.entries(rows)) {
  if (only !== undefined && only !== title) continue;
  const variants = make();
  const ns = await measure(variants, { rounds: 11, ms: 12, warm: 4 });
  const memory = {};
  for (const variant of variants) memory[variant.name] = globalThis.gc === undefined ? 0 : await bytes(variant, 200);
  const gates = await measure([gateOf(privacy, text, 'redacted'), gateOf(privacy, text, 'full')], { rounds: 5, ms: 8 });
  const verdict = `gate over the prompt: redacted ${(gates['gate redacted'] / 1000).toFixed(1)} µs, full ${(gates['gate full'] / 1000).toFixed(1)} µs`;
  result[title] = { ns, bytes: memory, verdict };
}
console.log(JSON.stringify(result, undefined, only === undefined ? 0 : 2));
