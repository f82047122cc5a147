// docs/verification/backends.md, from what the specs saw in their last run.
import { readFileSync, writeFileSync } from 'node:fs';

import { libHash } from '../lib-hash.mjs';
import { table } from '../markdown-table.mjs';
import { backends } from './all.mjs';

const REPORT = 'docs/verification/backends.md';

/** Where the specs write what they saw. */
export const FACTS = '.backends/facts.json';

const LANGFUSE = { title: 'Langfuse', version: 'a double on loopback', how: 'checks path, headers and encoding' };

function counted(kinds) {
  return Object.entries(kinds)
    .toSorted(([, left], [, right]) => right - left)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ');
}

const backendOf = (wanted) => backends.find(({ name }) => name === wanted) ?? LANGFUSE;

function row(facts) {
  const { title, version, how } = backendOf(facts.name);
  const what = [title, version, how];
  if (facts.skipped !== undefined) return [...what, `skipped: ${facts.skipped}`, '', '', '', '', ''];
  const tokens = `${facts.inputTokens} in, ${facts.outputTokens} out`;
  return [
    ...what,
    `${facts.vocabulary}, ${facts.content}`,
    `${facts.sent} / ${facts.readBack}`,
    counted(facts.kinds),
    facts.models.join(', '),
    tokens,
    facts.callsWithMessages === 0 ? 'digests' : `of ${facts.callsWithMessages} calls`,
  ];
}

function kindTable(facts) {
  const head = ['span', ...facts.map(({ name, vocabulary }) => `${backendOf(name).title}, ${vocabulary}`)];
  const names = Object.keys(facts[0]?.kinds ?? {}).toSorted((left, right) => left.localeCompare(right));
  const rowOf = (name) => [name].concat(facts.map(({ kinds }) => kinds[name] ?? ''));
  return table(head, names.map(rowOf));
}

/** Writes the report of the last run. */
export function writeReport() {
  const facts = JSON.parse(readFileSync(FACTS, 'utf8'));
  const head = [
    'backend',
    'version',
    'how',
    'vocabulary, tier',
    'spans sent / read back',
    'kinds',
    'model',
    'tokens',
    'messages',
  ];
  const text = `# Real backends

Written by \`npm run test:backends -- --write\`. lib/ ${libHash()}, Node ${process.version}.

One process runs \`samples/ticket-summarizer\` with its offline model and sends its one trace to all of them at once. Each is asked
through its own API; what follows is what it answered. The specs in \`spec/scenarios/backends\` hold trace id, names and tree of every
span, model, tokens, finish reason and messages of every call, and that no secret is anywhere and no prompt where the tier is \`digest\`.

${table(head, facts.backends.map(row))}

\`kinds\` is what the backend itself takes a span for, in its own words: Phoenix \`span_kind\`, MLflow \`mlflow.spanType\`, Langfuse
\`langfuse.observation.type\`; the Collector and Jaeger make nothing of a span and give back \`gen_ai.operation.name\`.

## A call of every kind

The same program once in each vocabulary, and what each span is taken for. The conventions have no words for workflows and policy
checks.

${kindTable(facts.kinds)}
`;
  writeFileSync(REPORT, text);
  console.log(`written to ${REPORT}`);
}
