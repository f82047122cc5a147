import { OpenAI } from 'openai';
import { configureTracing } from 'spanwright';
import { startLoopbackServer } from '../ticket-summarizer/offline/loopback-server.js';
import { answerWithSecrets } from './careless-model.js';
import { printSideBySide } from './side-by-side.js';
import { SupportDesk } from './support-desk.js';

const TIERS = ['none', 'digest', 'redacted', 'full'] as const;

/** How much a destination sees. */
export type Tier = (typeof TIERS)[number];

// One call, seen by four destinations; `memory` stands for any backend.
const tracing = configureTracing({
  serviceName: 'privacy-sample',
  digestKey: process.env['SPANWRIGHT_DIGEST_KEY'] ?? 'a key of this sample alone',
  destinations: TIERS.map((content) => ({ provider: 'memory', name: content, content })),
});

await using server = await startLoopbackServer(answerWithSecrets);
const desk = new SupportDesk(new OpenAI({ apiKey: 'none', baseURL: new URL('/v1', server.url).href, maxRetries: 0 }));
await desk.answer(
  'I am Jo, mail jo.miller@example.com or call +1 (415) 555-0134. My card 4111 1111 1111 1111 was charged twice.',
);
await desk.fail().catch(() => {});

for (const name of ['chat gpt-4o-mini', 'SupportDesk.fail']) {
  const spans = TIERS.map((tier) => [tier, tracing.finishedSpans(tier).find((span) => span.name === name)] as const);
  console.log(printSideBySide(name, spans));
}
await tracing.shutdown();
