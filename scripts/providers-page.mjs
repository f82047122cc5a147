// Prints docs/reference/providers.md.
import { readFileSync } from 'node:fs';

import { table } from './markdown-table.mjs';
import { providerRows } from './provider-rows.mjs';

const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

const TEXT = `# Providers

<!-- Written by \`npm run docs\` from scripts/provider-rows.mjs. Change that. -->

What is known of each call. Supported is what is *recorded*; the rest may work.

- *recorded*: so many answers of the provider went over the wire. Specs ask for each of them again through the client that
  is named, at that version, from a server that replays it, and compare all that is read with what the recording says; all
  but Bedrock's are read as answers of \`fetch\` too. A refusal is a recorded error.
- *documented*: a spec reads a fixture that was typed from the vendor's page or schema, of which a copy was read on that day.
- *none*: it is read, and specs read fixtures made by hand; neither a recording nor a page stands behind them.
- *not read*: the call is traced without the facts of its answer.
- –: there is no such mode.`;

/** What is known of each call of each provider. */
export function printProviders() {
  const pages = [...new Set(providerRows.flatMap((row) => cellsOf(row).flatMap(({ url }) => url ?? [])))];
  const rows = providerRows.map((row) => [
    row.provider,
    row.call,
    `\`${row.endpoint}\``,
    printCell(row.whole, pages),
    row.streamed === undefined ? '–' : printCell(row.streamed, pages),
  ]);
  const head = ['provider', 'call', 'endpoint', 'one answer', 'streamed'];
  const sources = pages.map((url, index) => `${index + 1}. <${url}>`).join('\n');
  return `${TEXT}\n\n${table(head, rows)}\n\n## Pages\n\n${sources}\n`;
}

function cellsOf({ whole, streamed }) {
  return streamed === undefined ? [whole] : [whole, streamed];
}

function printCell({ state, answers, client, refusals, url, read }, pages) {
  if (url !== undefined) return `documented: [page ${pages.indexOf(url) + 1}](#pages), ${read}`;
  if (client === undefined) return state;
  const version = devDependencies[client];
  if (version === undefined) throw new Error(`${client} is no devDependency`);
  const kept = answers === 0 ? [] : [`${answers} ${answers === 1 ? 'answer' : 'answers'}`];
  const refused = refusals === 0 ? [] : [`${refusals} ${refusals === 1 ? 'refusal' : 'refusals'}`];
  const counts = [...kept, ...refused].join(', ');
  return `${answers === 0 ? `${state}, but` : `${state}:`} ${counts} through \`${client}\` ${version}`;
}
