import { CohereClientV2 } from 'cohere-ai';
import { expect } from 'chai';
import { LlmCall } from 'spanwright';
import { captureSpans } from 'spanwright/testing';
import { exchangeOf, replay, skipWithoutRecordings } from './exchanges.js';

type Request = Parameters<CohereClientV2['chat']>[0];
type Answer = ReturnType<CohereClientV2['chat']>;

const USES: Readonly<Record<string, (answer: Answer) => Promise<unknown>>> = {
  await: async (answer) => await answer,
  then: (answer) => answer.then((value) => value),
  catch: (answer) => answer.catch(() => 'caught'),
  finally: (answer) => answer.finally(() => {}),
  withRawResponse: async (answer) => (await answer.withRawResponse()).data,
};

describe('the promise of a client that Fern generates', () => {
  before(skipWithoutRecordings);

  for (const [title, use] of Object.entries(USES)) {
    it(`keeps its methods and ends its call: ${title}`, async () => {
      const exchange = exchangeOf('cohere-01');
      if (exchange === undefined) throw new Error('cohere-01 is absent');
      const server = await replay(exchange);
      try {
        await captureSpans(async (spans) => {
          const client = new CohereClientV2({ token: 'none', environment: server.url });
          const chat = LlmCall.wrap((request: Request) => client.chat(request));
          const { stream: _stream, ...request } = exchange.request.body;
          const value = await use(chat(request as unknown as Request));
          expect(value).to.have.property('finishReason', 'COMPLETE');
          expect(spans.finished().map(({ attributes }) => attributes['gen_ai.response.finish_reasons'])).to.deep.equal([
            ['COMPLETE'],
          ]);
          expect(server.seen).to.have.lengthOf(1);
        });
      } finally {
        await server.close();
      }
    });
  }
});
