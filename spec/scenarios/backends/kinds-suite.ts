import { expect } from 'chai';

import type { Facts } from './facts.js';
import type { SentKinds } from './kinds.js';
import { sendKinds } from './kinds.js';
import type { RunningBackends } from './running-backends.js';
import type { ShownSpan, ShownTrace } from './shown-span.js';
import { tree } from './tree.js';

type Backend = 'phoenix' | 'mlflow';
type Words = 'openinference' | 'gen-ai';

const NAMES: readonly Backend[] = ['phoenix', 'mlflow'];
const VOCABULARIES: readonly Words[] = ['openinference', 'gen-ai'];

// What each takes a span for. The conventions have words for calls to models, agents, tools and retrieval, no others, and
// MLflow does not read those of retrieval.
const KINDS: Readonly<Record<string, Readonly<Record<Backend, Readonly<Record<Words, string>>>>>> = {
  'workflow desk_day': both('CHAIN', { phoenix: 'UNKNOWN', mlflow: 'none' }),
  'invoke_agent desk': both('AGENT', { phoenix: 'AGENT', mlflow: 'AGENT' }),
  'retrieval runbooks': both('RETRIEVER', { phoenix: 'RETRIEVER', mlflow: 'none' }),
  'embeddings text-embedding-3-small': both('EMBEDDING', { phoenix: 'EMBEDDING', mlflow: 'EMBEDDING' }),
  'chat gpt-4o': both('LLM', { phoenix: 'LLM', mlflow: 'CHAT_MODEL' }),
  'execute_tool lookup': both('TOOL', { phoenix: 'TOOL', mlflow: 'TOOL' }),
  policy_check: both('GUARDRAIL', { phoenix: 'UNKNOWN', mlflow: 'none' }),
};

function both(kind: string, conventions: Record<Backend, string>): Record<Backend, Record<Words, string>> {
  const words = (name: Backend): Record<Words, string> => ({ openinference: kind, 'gen-ai': conventions[name] });
  return { phoenix: words('phoenix'), mlflow: words('mlflow') };
}

function named({ spans }: ShownTrace, name: string): ShownSpan[] {
  return spans.filter((span) => span.name === name);
}

/** The attributes of the one span of a name that has a value. */
function having({ spans }: ShownTrace, name: string, part: string): ShownSpan['attributes'] {
  const found = spans.filter((span) => span.name === name && JSON.stringify(span.attributes).includes(part));
  expect(found, `${name} with ${part}`).to.have.lengthOf(1);
  return found[0]?.attributes ?? {};
}

function expectAtPhoenix(trace: ShownTrace): void {
  const asked = having(trace, 'chat gpt-4o', '"llm.finish_reason":"tool_calls"');
  const toolCall = 'message.tool_calls.0.tool_call';
  expect(asked).to.include({
    [`llm.output_messages.0.${toolCall}.id`]: 'call_1',
    [`llm.output_messages.0.${toolCall}.function.name`]: 'lookup',
    'llm.token_count.prompt': 100,
    'llm.token_count.completion': 20,
    'llm.token_count.prompt_details.cache_read': 64,
    'session.id': 'conversation-1',
  });
  expect(JSON.parse(String(asked['llm.tools.0.tool.json_schema']))).to.have.nested.property('function.name', 'lookup');
  expect(having(trace, 'chat gpt-4o', '"llm.finish_reason":"stop"')).to.include({
    [`llm.input_messages.2.${toolCall}.id`]: 'call_1',
    'llm.input_messages.3.message.role': 'tool',
    'llm.input_messages.3.message.tool_call_id': 'call_1',
    'llm.output_messages.0.message.content': 'The ticket is open.',
  });
  expect(named(trace, 'execute_tool lookup')[0]?.attributes).to.include({
    'tool.name': 'lookup',
    'tool.id': 'call_1',
    'output.value': '{"id":7,"state":"open"}',
  });
  expect(named(trace, 'retrieval runbooks')[0]?.attributes).to.include({
    'input.value': 'What is the state of the ticket?',
    'retrieval.documents.0.document.content': 'about What is the state of the ticket?',
    'retrieval.documents.0.document.score': 0.9,
    'retrieval.documents.1.document.id': 'b',
  });
  expect(trace.total).to.include({ inputTokens: 230, outputTokens: 26 });
}

function expectAtMlflow(trace: ShownTrace): void {
  const asked = having(trace, 'chat gpt-4o', '"tool_call"}]');
  expect(asked['mlflow.chat.tokenUsage']).to.include({ input_tokens: 100, cache_read_input_tokens: 64 });
  expect(JSON.stringify(asked['mlflow.spanOutputs'])).to.include('"name":"lookup","arguments":{"id":7}');
  const concluded = having(trace, 'chat gpt-4o', 'The ticket is open.');
  expect(JSON.stringify(concluded['mlflow.spanInputs'])).to.include('"type":"tool_call_response","id":"call_1"');
  expect(concluded['mlflow.llm.model']).to.equal('gpt-4o-2024-08-06');
  expect(named(trace, 'execute_tool lookup')[0]?.attributes).to.deep.include({
    'mlflow.spanInputs': '7',
    'mlflow.spanOutputs': { id: 7, state: 'open' },
  });
  // Embeddings count as well: 4 tokens.
  expect(trace.total).to.include({ inputTokens: 234, outputTokens: 26 });
}

/** The specs of a call of every kind, in both vocabularies, at backends that take such calls for more than spans. */
export function describeKinds(running: () => RunningBackends, facts: Facts): void {
  for (const vocabulary of VOCABULARIES) {
    describe(`in ${vocabulary}`, () => {
      let sent: SentKinds;

      before(async () => {
        sent = await sendKinds(running().folder, running().addresses(NAMES), { vocabulary });
      });

      for (const name of NAMES) {
        describe(name, () => {
          let trace: ShownTrace;

          before(async function () {
            if (running().skipped.has(name)) this.skip();
            trace = await running().read(name, sent.spans[0]?.traceId ?? '', sent.spans.length);
            const kinds = Object.fromEntries(trace.spans.map((span) => [span.name, span.kind]));
            facts.kinds.push({ name, vocabulary, kinds });
          });

          it('takes each call for what it is, under its parent', () => {
            expect(sent.destinations[name]?.delivered).to.equal(sent.spans.length);
            expect(tree(trace.spans)).to.deep.equal(tree(sent.spans));
            for (const span of trace.spans) expect(span.kind, span.name).to.equal(KINDS[span.name]?.[name][vocabulary]);
            expect(named(trace, 'chat gpt-4o').filter(({ isFailed }) => isFailed)).to.have.lengthOf(1);
          });

          it('shows tools, documents, answers and tokens', () => {
            if (name === 'phoenix') expectAtPhoenix(trace);
            else expectAtMlflow(trace);
          });
        });
      }
    });
  }
}
