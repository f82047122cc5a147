// What the gate costs inside a call: bursts of calls without a turn of the loop between them, so that nothing is exported
// on their way. `off`: the same build with the hiding of facts and errors taken out.
import { configureTracing, ExternalCall, LlmCall, Traced, withContext } from 'spanwright';

import { median } from '../lib/rounds.mjs';

const BURST = 400;
const ROUNDS = 60;

const state = globalThis[Symbol.for('spanwright.state.1')];

const answer = {
  id: 'chatcmpl-0123456789abcdef',
  object: 'chat.completion',
  model: 'gpt-4o-mini-2024-07-18',
  choices: [
    { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Open the tray. '.repeat(100) } },
  ],
  usage: { prompt_tokens: 520, completion_tokens: 300, total_tokens: 820 },
};
const request = (turn) => ({
  model: 'gpt-4o-mini',
  temperature: 0.2,
  messages: [{ role: 'user', content: `${turn} The printer jams at page two, again. `.repeat(55) }],
});
const boom = new Error('no paper for jo.miller@example.com');

const traced = Traced.wrap('traced', async () => 1);
const external = ExternalCall.wrap({ callType: 'http', provider: 'crm' }, async () => ({ status: 200 }));
const llm = LlmCall.wrap({}, async () => answer);
const failing = Traced.wrap('failing', async () => {
  throw Object.assign(new Error(boom.message));
});
const facts = { sessionId: 'session-1', userId: 'user-1', tags: ['a', 'b'], metadata: { plan: 'gold', seats: 4 } };

const rows = {
  'a traced method': (turn) => traced(turn),
  'a traced method, 4 facts of a context': (turn) => withContext(facts, () => traced(turn)),
  'an external call': (turn) => external(turn),
  'a call to a model, 2 KiB': (turn) => llm(request(turn)),
  'a method that throws': (turn) => failing(turn).catch(() => 0),
};

async function burst(run) {
  // What is worked out once for the rules in force is no part of a call.
  for (let turn = 0; turn < 50; turn++) await run(turn);
  const start = performance.now();
  for (let turn = 0; turn < BURST; turn++) await run(turn);
  return ((performance.now() - start) * 1e6) / BURST;
}

const tracing = configureTracing({
  destinations: [{ provider: 'file', path: '/dev/null', content: 'redacted', maxQueue: 1_000_000 }],
});
const on = state.hideText;
const off = (text) => text;

const result = {};
for (const [title, run] of Object.entries(rows)) {
  const seen = { off: [], on: [] };
  for (let round = 0; round < ROUNDS + 10; round++) {
    const order = round % 2 === 0 ? ['off', 'on'] : ['on', 'off'];
    for (const name of order) {
      state.hideText = name === 'on' ? on : off;
      const ns = await burst(run);
      if (round >= 10) seen[name].push(ns);
      await tracing.flush();
    }
  }
  const ns = { off: median(seen.off), on: median(seen.on) };
  result[title] = { ns, bytes: { off: 0, on: 0 }, verdict: `${(ns.on / ns.off).toFixed(3)} ×` };
}
state.hideText = on;
await tracing.shutdown();
console.log(JSON.stringify(result));
