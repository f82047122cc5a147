import { expect } from 'chai';
import { AuditedCall, LlmCall, Traced } from '#lib/index.js';
import { captureSpans } from '#lib/testing.js';
import { collect, createService, rejection } from './audited-service.js';
import { RecordingLedger } from './recording-ledger.js';

describe('AuditedCall', () => {
  let ledger: RecordingLedger;
  let service: ReturnType<typeof createService>;
  beforeEach(() => {
    ledger = new RecordingLedger();
    service = createService(ledger);
  });

  it('keeps the intent, makes the call, keeps the outcome, and then gives the result', async () => {
    const promise = service.get('7');
    expect(Object.getPrototypeOf(promise)).equal(Promise.prototype);
    expect(await promise).equal('got 7');
    expect(ledger.log).deep.equal([
      'intent durable',
      'method 7 on service',
      'method done',
      'outcome asked',
      'outcome durable',
    ]);
    expect(ledger.calls[0]?.start).deep.include({
      op: { class: 'Service', method: 'get' },
      system: 'http',
      request: { value: '7' },
    });
    expect(ledger.calls[0]?.end).deep.include({ status: 'ok', response: { value: 'got 7' } });
  });

  it('does not run the method without its intent', async () => {
    ledger.refusesIntents = true;
    expect((await rejection(service.get('7'))).code).equal('AUDIT_INTENT_NOT_DURABLE');
    expect(ledger.log).deep.equal([]);
    expect((await rejection(service.count(1).next())).code).equal('AUDIT_INTENT_NOT_DURABLE');
  });

  it('is refused where there is no ledger', async () => {
    let ran = false;
    const call = AuditedCall.wrap(async () => {
      ran = true;
    });
    expect((await rejection(call())).code).equal('AUDIT_NOT_CONFIGURED');
    expect(ran).equal(false);
  });

  it('throws the error of the method, whose type and code are recorded', async () => {
    const error = await rejection(service.fail());
    expect(error).instanceOf(TypeError);
    expect(ledger.calls[0]?.end).deep.include({ status: 'error' });
    expect(ledger.calls[0]?.end?.error).deep.include({ type: 'TypeError', code: 'ECONNRESET' });
  });

  it('withholds a result whose outcome is lost, and says what the method threw', async () => {
    ledger.losesOutcomes = true;
    expect((await rejection(service.get('7'))).code).equal('AUDIT_OUTCOME_LOST');
    const lost = await rejection(service.fail());
    expect(lost.code).equal('AUDIT_OUTCOME_LOST');
    expect(lost.cause).instanceOf(TypeError);
  });

  it('keeps the record in the call where that is asked for', async () => {
    expect(service.read('a')).equal('content of a');
    expect(ledger.log).deep.equal(['intent durable', 'read', 'outcome asked', 'outcome durable']);
    expect(() => service.read('bad')).throws('no such file');
    ledger.losesOutcomes = true;
    expect(() => service.read('a')).throws('lost');
  });

  it('ends its span after the outcome, with the time of the call', async () => {
    await captureSpans(async (spans) => {
      let atOutcome: number | undefined;
      const original = ledger.log.push.bind(ledger.log);
      ledger.log.push = (line) => {
        if (line === 'outcome durable') atOutcome = spans.finished().length;
        return original(line);
      };
      await service.get('7');
      expect(atOutcome).equal(0);
      const [span] = spans.finished();
      expect(span?.name).equal('Service.get');
      expect(span?.attributes).deep.include({
        'spanwright.call.type': 'http',
        'spanwright.audit.call_id': 'call-1',
        'spanwright.arguments': '"7"',
      });
      const { traceId, spanId } = span?.spanContext() ?? {};
      expect(ledger.calls[0]?.end?.traceparent).equal(`00-${traceId}-${spanId}-01`);
    });
  });

  it('with LlmCall says the same on the span and in the entry', async () => {
    class Model {
      @Traced()
      @LlmCall({ provider: 'openai' })
      @AuditedCall({ callType: 'llm', ledger })
      async chat(_request: object): Promise<object> {
        return {
          id: 'chatcmpl-1',
          object: 'chat.completion',
          model: 'gpt-4o-2024-08-06',
          choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'yes' } }],
          usage: { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 },
        };
      }
    }
    await captureSpans(async (spans) => {
      await new Model().chat({ model: 'gpt-4o', messages: [{ role: 'user', content: 'is it?' }] });
      expect(spans.finished()).length(1);
      const attributes = spans.finished()[0]?.attributes;
      expect(attributes?.['gen_ai.usage.input_tokens']).equal(11);
      expect(attributes?.['spanwright.arguments']).equal(undefined);
    });
    const [call] = ledger.calls;
    expect(call?.start).deep.include({ system: 'llm', model: 'gpt-4o' });
    expect(call?.end).deep.include({ provider: 'openai', usage: { in: 11, out: 7 }, model: 'gpt-4o-2024-08-06' });
    // The same where nobody listens.
    await new Model().chat({ model: 'gpt-4o', messages: [{ role: 'user', content: 'is it?' }] });
    expect(ledger.calls[1]?.end).deep.include({ usage: { in: 11, out: 7 } });
  });

  it('knows the audited call around it', async () => {
    const outer = AuditedCall.wrap({ ledger, callType: 'job' }, async () => {
      await Promise.all([service.get('1'), service.get('2')]);
    });
    await outer();
    expect(ledger.calls.map(({ start }) => start.parent)).deep.equal([
      undefined,
      { id: 'call-1', seq: 1 },
      { id: 'call-1', seq: 2 },
    ]);
  });

  for (const [name, make] of Object.entries<(work: () => Promise<unknown>) => AsyncIterable<unknown>>({
    async *'an iterable'(work) {
      yield await work();
      yield await work();
    },
    'a Web stream': (work) => {
      let isMade = false;
      return new ReadableStream<unknown>(
        {
          async pull(controller) {
            await work();
            await work();
            if (isMade) controller.close();
            else controller.enqueue('x');
            isMade = true;
          },
        },
        { highWaterMark: 0 },
      );
    },
  })) {
    it(`is the audited call around what ${name} does while it is read`, async () => {
      const outer = AuditedCall.wrap({ ledger }, async () => make(async () => service.get('1')));
      await collect(await outer());
      expect(ledger.calls.slice(0, 3).map(({ start }) => start.parent)).deep.equal([
        undefined,
        { id: 'call-1', seq: 1 },
        { id: 'call-1', seq: 2 },
      ]);
    });
  }

  it('records none of the arguments where the function that picks the request throws', async () => {
    const request = (): never => {
      throw new Error('no such field');
    };
    await AuditedCall.wrap({ ledger, request }, async (_secret: string) => 1)('secret');
    expect(ledger.calls[0]?.start.request).deep.equal({ value: { type: 'unresolved' } });
  });

  it('runs a block', async () => {
    expect(await AuditedCall.run({ callType: 'sql', ledger }, () => 42)).equal(42);
    expect(ledger.calls[0]?.end?.status).equal('ok');
  });
});
