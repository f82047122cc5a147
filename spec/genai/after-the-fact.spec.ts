import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { health, recordLlmCall, Traced } from 'spanwright';
import { captureSpans } from 'spanwright/testing';
import { onlySpanOf, spansOf } from '../decorators/captured.js';
import { exchangeOf, exchanges } from './exchanges.js';

const REQUEST = { model: 'gpt-4o', messages: [{ role: 'user', content: 'a question' }] };
const ANSWER = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'gpt-4o-2024-08-06',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'an answer' } }],
  usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
};
const ABOVE = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: TraceFlags.SAMPLED,
};

const parsed = (value: unknown): unknown => JSON.parse(String(value)) as unknown;

describe('recordLlmCall', () => {
  it('writes what a decorated call would have written', async () => {
    const span = await onlySpanOf(() => recordLlmCall(REQUEST, ANSWER));
    expect(span.name).to.equal('chat gpt-4o');
    expect(span.kind).to.equal(SpanKind.CLIENT);
    expect(span.status.code).to.equal(SpanStatusCode.UNSET);
    expect(span.attributes).to.include({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.response.model': 'gpt-4o-2024-08-06',
      'gen_ai.usage.input_tokens': 10,
      'gen_ai.usage.output_tokens': 5,
    });
    expect(parsed(span.attributes['gen_ai.input.messages'])).to.have.nested.property(
      '[0].parts[0].content',
      'a question',
    );
    expect(parsed(span.attributes['gen_ai.output.messages'])).to.have.nested.property(
      '[0].parts[0].content',
      'an answer',
    );
  });

  it('has the times that it is given', async () => {
    const startTime = new Date('2026-01-02T03:04:05.250Z');
    const span = await onlySpanOf(() =>
      recordLlmCall(REQUEST, ANSWER, { startTime, endTime: startTime.getTime() + 1500 }),
    );
    expect(span.startTime).to.deep.equal([startTime.getTime() / 1000 - 0.25, 250_000_000]);
    expect(span.endTime).to.deep.equal([startTime.getTime() / 1000 - 0.25 + 1, 750_000_000]);
    expect(span.duration).to.deep.equal([1, 500_000_000]);
  });

  it('takes no time where only its end is known', async () => {
    const span = await onlySpanOf(() => recordLlmCall(REQUEST, ANSWER, { endTime: 1_700_000_000_000 }));
    expect(span.startTime).to.deep.equal([1_700_000_000, 0]);
    expect(span.duration).to.deep.equal([0, 0]);
  });

  it('stands below the call that is active', async () => {
    const spans = await spansOf(() => Traced.run({ name: 'batch' }, () => recordLlmCall(REQUEST, ANSWER)));
    const [call, batch] = spans;
    expect(batch?.name).to.equal('batch');
    expect(call?.parentSpanContext?.spanId).to.equal(batch?.spanContext().spanId);
  });

  it('stands below the ids of a span of another process', async () => {
    const span = await onlySpanOf(() => recordLlmCall(REQUEST, ANSWER, { parent: ABOVE }));
    expect(span.parentSpanContext?.spanId).to.equal(ABOVE.spanId);
    expect(span.spanContext().traceId).to.equal(ABOVE.traceId);
  });

  it('stands below the span of a context', async () => {
    const spans = captureSpans();
    try {
      recordLlmCall(REQUEST, ANSWER, { parent: trace.setSpanContext(ROOT_CONTEXT, ABOVE) });
      expect(spans.finished()[0]?.parentSpanContext?.spanId).to.equal(ABOVE.spanId);
    } finally {
      spans.stop();
    }
  });

  it('fails with the error that it is given, and is not counted as unrecognised', async () => {
    const before = health().unrecognisedResponses;
    const error = Object.assign(new RangeError('too long'), { status: 400 });
    const span = await onlySpanOf(() => recordLlmCall(REQUEST, undefined, { error }));
    expect(span.status).to.deep.include({ code: SpanStatusCode.ERROR, message: 'too long' });
    expect(span.attributes).to.include({ 'error.type': '400', 'gen_ai.request.model': 'gpt-4o' });
    expect(span.events[0]?.attributes).to.include({ 'exception.type': 'RangeError' });
    expect(span.attributes).to.not.have.any.keys('gen_ai.usage.input_tokens', 'gen_ai.usage.output_tokens');
    expect(health().unrecognisedResponses).to.equal(before);
  });

  it('counts an answer of no known shape as unrecognised', async () => {
    const before = health().unrecognisedResponses;
    await onlySpanOf(() => recordLlmCall(REQUEST, { html: '<p>' }));
    expect(health().unrecognisedResponses).to.equal(before + 1);
  });

  it('believes name, provider, model and attributes that it is given', async () => {
    const span = await onlySpanOf(() =>
      recordLlmCall({}, undefined, {
        name: 'nightly',
        provider: 'azure',
        model: 'tiny-1',
        attributes: { 'batch.id': 'batch_1' },
      }),
    );
    expect(span.name).to.equal('nightly');
    expect(span.attributes).to.include({
      'gen_ai.provider.name': 'azure.ai.openai',
      'gen_ai.request.model': 'tiny-1',
      'batch.id': 'batch_1',
    });
  });

  it('is named after the model that it is given where the request names none', async () => {
    const span = await onlySpanOf(() => recordLlmCall({}, ANSWER, { model: 'tiny-1' }));
    expect(span.name).to.equal('chat tiny-1');
  });

  it('writes the rows of a file that a batch came back as', async () => {
    const asked = ['one', 'two'].map((id) => ({
      custom_id: id,
      method: 'POST',
      url: '/v1/chat/completions',
      body: REQUEST,
    }));
    const file = asked.map(({ custom_id }, index) =>
      JSON.stringify({
        id: `batch_req_${index}`,
        custom_id,
        response: { status_code: 200, request_id: 'r', body: { ...ANSWER, id: custom_id } },
        error: null,
      }),
    );
    const spans = await spansOf(() => {
      for (const line of file) {
        const row = JSON.parse(line) as { custom_id: string; response: { body: unknown } };
        recordLlmCall(asked.find(({ custom_id }) => custom_id === row.custom_id)?.body, row.response.body);
      }
    });
    expect(spans.map(({ attributes }) => attributes['gen_ai.response.id'])).to.deep.equal(['one', 'two']);
    for (const { attributes } of spans) expect(attributes).to.include({ 'gen_ai.usage.input_tokens': 10 });
  });

  it('tells of a recorded answer what the answer says', async function () {
    const exchange = exchangeOf('openai-03');
    if (exchange === undefined) {
      console.log(`      skipped: ${exchanges.length} recorded exchanges`);
      this.skip();
    }
    const span = await onlySpanOf(() => recordLlmCall(exchange.request.body, exchange.response.json));
    expect(span.name).to.equal('chat gpt-4');
    expect(span.attributes).to.include({
      'gen_ai.response.id': 'chatcmpl-DPTDvejNjal4FLo3y89eNFsbKoI4M',
      'gen_ai.usage.input_tokens': 67,
      'gen_ai.usage.output_tokens': 18,
    });
  });

  it('writes a span for each step of a result, and counts its tokens once', async () => {
    const step = (text: string, input: number, output: number): object => ({
      content: [{ type: 'text', text }],
      text,
      finishReason: 'stop',
      usage: { inputTokens: input, outputTokens: output, totalTokens: input + output },
      response: { id: text, modelId: 'gpt-4o-2024-08-06', timestamp: new Date(0) },
    });
    const steps = [step('first', 10, 5), step('second', 20, 7)];
    const totalUsage = { inputTokens: 30, outputTokens: 12, totalTokens: 42 };
    const spans = await spansOf(() =>
      recordLlmCall({ model: 'openai/gpt-4o', prompt: 'go' }, { ...steps[1], steps, totalUsage }),
    );
    expect(spans.map(({ attributes }) => attributes['gen_ai.usage.input_tokens'])).to.deep.equal([10, 20]);
    expect(spans.map(({ attributes }) => attributes['gen_ai.usage.output_tokens'])).to.deep.equal([5, 7]);
    expect(spans.map(({ attributes }) => attributes['gen_ai.response.id'])).to.deep.equal(['first', 'second']);
  });

  it('does not even look at what it is given while nobody listens', () => {
    let looks = 0;
    const watched = {
      get steps(): unknown {
        return looks++;
      },
      get model(): unknown {
        return looks++;
      },
    };
    recordLlmCall(watched, watched);
    expect(looks).to.equal(0);
  });

  it('ends its span where an answer throws as it is read', async () => {
    const broken = {
      get choices(): never {
        throw new Error('no');
      },
    };
    const span = await onlySpanOf(() => recordLlmCall(REQUEST, broken));
    expect(span.name).to.equal('chat gpt-4o');
  });

  it('stands anything', async () => {
    const anything = fc.oneof(
      fc.anything({ withNullPrototype: true, withBigInt: true }),
      fc.constant(() => {}),
    );
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    await spansOf(() => {
      recordLlmCall(revoked.proxy, revoked.proxy, { error: revoked.proxy });
      fc.assert(
        fc.property(anything, anything, anything, (request, response, other) => {
          recordLlmCall(request, response, {
            error: other,
            parent: other,
            startTime: other,
            attributes: other,
          } as object);
          recordLlmCall(request, response, other as object);
          recordLlmCall(request, { steps: [response, other] });
        }),
        { numRuns: 200 },
      );
    });
  });
});
