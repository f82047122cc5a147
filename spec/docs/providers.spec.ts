import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from 'chai';

import { allEndpoints } from '#lib/genai/providers/all-endpoints.js';
import { providerRows } from '#scripts/provider-rows.mjs';

import type { ClientCase } from '../genai/client-case.js';
import { allCases } from '../genai/clients/all-cases.js';
import { type Exchange, exchangeOf, exchanges } from '../genai/exchanges.js';

const STREAMS = ['text/event-stream', 'application/x-ndjson', 'application/stream+json'];

const cells = providerRows.flatMap(({ whole, streamed }) => (streamed === undefined ? [whole] : [whole, streamed]));

/** Whose recording it is: the path tells Vertex AI from the Gemini API, and Bedrock's models by their vendor. */
function originOf({ provider, request }: Exchange): string {
  if (provider === 'gemini') return request.path.includes('/projects/') ? 'vertex' : 'gemini';
  if (provider !== 'bedrock') return provider;
  const [, vendor = ''] = /^\/model\/(?:us\.)?([a-z0-9]+)\./.exec(request.path) ?? [];
  return `bedrock/${vendor}`;
}

function modeOf({ response }: Exchange): string {
  return STREAMS.some((type) => response.contentType.startsWith(type)) ? 'streamed' : 'whole';
}

function line(origin: string, endpoint: string, mode: string, client: string, isRefusal: boolean): string {
  return `${origin} ${endpoint} ${mode} ${client} ${isRefusal ? 'refusal' : 'answer'}`;
}

function lineOf(clientCase: ClientCase): string {
  const exchange = exchangeOf(clientCase.exchange);
  if (exchange === undefined) throw new Error(`no exchange ${clientCase.exchange}`);
  const isRefusal = 'errorStatus' in clientCase.expected;
  return line(originOf(exchange), clientCase.endpoint, modeOf(exchange), clientCase.client, isRefusal);
}

/** What the rows say, one line for each recording. */
function claimedLines(): string[] {
  return providerRows.flatMap(({ recordings = 'nowhere', endpoint, ...modes }) =>
    (['whole', 'streamed'] as const).flatMap((mode) => {
      const { answers = 0, refusals = 0, client = '' } = modes[mode] ?? {};
      return [
        ...Array.from({ length: answers }, () => line(recordings, endpoint, mode, client, false)),
        ...Array.from({ length: refusals }, () => line(recordings, endpoint, mode, client, true)),
      ];
    }),
  );
}

function sourcesOf(path: string): string[] {
  return [...readFileSync(path, 'utf8').matchAll(/^ *\/\/ source: (\S+), (\d{4}-\d\d-\d\d)$/gm)].map(
    ([, url, read]) => `${path} ${url} ${read}`,
  );
}

describe('the page of providers', () => {
  it('has a row for each endpoint, and no other', () => {
    const ids = allEndpoints.map(({ id }) => id);
    expect([...new Set(providerRows.map(({ endpoint }) => endpoint))]).to.have.members(ids);
  });

  it('calls recorded what was recorded and is asked for through the client that it names', function () {
    if (exchanges.length === 0) {
      console.log('      skipped: the recorded exchanges are absent');
      this.skip();
    }
    expect(claimedLines().toSorted()).to.deep.equal(allCases.map(lineOf).toSorted());
  });

  it('calls nothing recorded without an answer', () => {
    expect(cells.filter(({ state, answers = 0 }) => (state === 'recorded') !== answers > 0)).to.deep.equal([]);
  });

  it('calls documented what a spec has typed from a page, with its link and date', () => {
    const folder = 'spec/genai/providers';
    const typed = readdirSync(folder).flatMap((name) => sourcesOf(join(folder, name)));
    const claimed = cells.flatMap(({ spec, url, read }) => (spec === undefined ? [] : [`${spec} ${url} ${read}`]));
    expect([...new Set(claimed)]).to.have.members([...new Set(typed)]);
  });
});
