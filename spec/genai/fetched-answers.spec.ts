import { expect } from 'chai';
import { health, LlmCall } from 'spanwright';
import type { FinishedSpan } from 'spanwright';
import { captureSpans } from 'spanwright/testing';
import { toAttributes } from '#lib/genai/facts.js';
import type { ClientCase } from './client-case.js';
import { allCases } from './clients/all-cases.js';
import type { Exchange } from './exchanges.js';
import { bodyOf, exchangeOf, replay, skipWithoutRecordings } from './exchanges.js';

/** What is called over plain HTTP: the vendors' own encodings of streams are not. */
const cases = allCases.filter(
  ({ expected, endpoint }) => !('errorStatus' in expected) && !/^(bedrock|vercel)/.test(endpoint),
);

class Gateway {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  @LlmCall()
  send(body: object): Promise<Response> {
    return fetch(this.#url, { method: 'POST', body: JSON.stringify(body) });
  }

  @LlmCall()
  async parsed(body: object): Promise<unknown> {
    const response = await fetch(this.#url, { method: 'POST', body: JSON.stringify(body) });
    return await response.json();
  }
}

type Read = (response: Response) => Promise<string>;

const READERS: Readonly<Record<string, Read>> = {
  'text()': (response) => response.text(),
  'json()': async (response) => JSON.stringify(await response.json()),
  'its body': async (response) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of response.body ?? []) pieces.push(piece);
    return Buffer.concat(pieces).toString();
  },
  'a clone of it': async (response) => {
    const clone = response.clone();
    await response.text();
    return await clone.text();
  },
};

const isDocument = ({ response }: Exchange): boolean => response.json !== undefined;

async function onlySpan(exchange: Exchange, work: (gateway: Gateway) => Promise<void>): Promise<FinishedSpan> {
  const server = await replay(exchange);
  try {
    return await captureSpans(async (spans) => {
      await work(new Gateway(server.url));
      // The call ends with its body, a turn or two after the program has it.
      await new Promise(setImmediate);
      const [span, ...others] = spans.finished();
      expect(others).to.deep.equal([]);
      if (span === undefined) throw new Error('no span');
      return span;
    });
  } finally {
    await server.close();
  }
}

// A request as it goes over the wire has no model in it where the path names it.
function answered({ expected }: ClientCase): Record<string, unknown> {
  const { response, usage } = 'errorStatus' in expected ? {} : expected;
  return toAttributes({ ...(response === undefined ? {} : { response }), ...(usage === undefined ? {} : { usage }) });
}

function unprefixed(attributes: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => key.startsWith('gen_ai.')));
}

describe('an answer that is fetched', () => {
  before(skipWithoutRecordings);

  for (const client of cases) {
    const exchange = exchangeOf(client.exchange);
    for (const [reader, read] of Object.entries(READERS)) {
      if (exchange === undefined || (reader === 'json()' && !isDocument(exchange))) continue;
      it(`tells what ${client.exchange} says when it is read by ${reader}`, async () => {
        const before = health().unrecognisedResponses;
        let text = '';
        const span = await onlySpan(exchange, async (gateway) => {
          text = await read(await gateway.send(exchange.request.body));
        });
        if (reader === 'json()') expect(JSON.parse(text)).to.deep.equal(JSON.parse(bodyOf(exchange)));
        else expect(text).to.equal(bodyOf(exchange));
        expect(span.attributes).to.deep.include(unprefixed(answered(client)));
        expect(health().unrecognisedResponses).to.equal(before);
      });
    }
    if (exchange !== undefined && isDocument(exchange)) {
      it(`tells what ${client.exchange} says as parsed JSON`, async () => {
        const span = await onlySpan(exchange, async (gateway) => {
          expect(await gateway.parsed(exchange.request.body)).to.deep.equal(exchange.response.json);
        });
        expect(span.attributes).to.deep.include(unprefixed(answered(client)));
      });
    }
  }
});
