import { expect } from 'chai';
import { LlmCall, Traced } from 'spanwright';
import type { FinishedSpan } from 'spanwright';
import { captureSpans } from 'spanwright/testing';
import { deltaChunk, usageChunk } from './made-streams.js';

const CHUNKS = [deltaChunk({ role: 'assistant', content: 'Open ' }), deltaChunk({ content: 'the tray.' }, 'stop')];
const ALL = [...CHUNKS, usageChunk(10, 5)];
const BODY = ALL.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('');

function bytes(): ReadableStream<Uint8Array> {
  const pieces = BODY.match(/[\s\S]{1,50}/g) ?? [];
  return new ReadableStream({
    type: 'bytes',
    pull: (controller) => {
      const piece = pieces.shift();
      if (piece !== undefined) {
        controller.enqueue(new TextEncoder().encode(piece));
        return;
      }
      controller.close();
      // Whoever waits with memory of its own is told in this way.
      controller.byobRequest?.respond(0);
    },
  });
}

class Desk {
  @LlmCall()
  fetched(_request: object): Response {
    return new Response(bytes(), { headers: { 'content-type': 'text/event-stream' } });
  }

  @LlmCall()
  parsed(_request: object): ReadableStream<object> {
    return new ReadableStream({
      start: (controller) => {
        for (const chunk of ALL) controller.enqueue(chunk);
        controller.close();
      },
    });
  }

  @LlmCall()
  broken(_request: object): ReadableStream<object> {
    return new ReadableStream({
      pull: (controller) => controller.error(new TypeError('cut')),
    });
  }

  @Traced
  plain(): ReadableStream<number> {
    return new ReadableStream({
      start: (controller) => {
        controller.enqueue(1);
        controller.close();
      },
    });
  }
}

const REQUEST = { model: 'gpt-4o', messages: [{ role: 'user', content: 'The printer jams.' }] };
const desk = new Desk();

function expectAnswer(span: FinishedSpan | undefined): void {
  expect(span?.attributes).to.include({
    'gen_ai.usage.input_tokens': 10,
    'gen_ai.usage.output_tokens': 5,
    'gen_ai.request.stream': true,
  });
  expect(span?.attributes['gen_ai.output.messages']).to.include('Open the tray.');
}

describe('an answer that is read chunk by chunk', () => {
  it('is recorded from the body of a response, and given on as it is', async () => {
    await captureSpans(async (spans) => {
      const reader = desk.fetched(REQUEST).body?.getReader();
      let text = '';
      const decoder = new TextDecoder();
      for (let item = await reader?.read(); item?.done === false; item = await reader?.read()) {
        text += decoder.decode(item.value, { stream: true });
      }
      expect(text).to.equal(BODY);
      expectAnswer(spans.finished()[0]);
    });
  });

  it('is recorded from a reader that brings its own memory', async () => {
    await captureSpans(async (spans) => {
      const reader = desk.fetched(REQUEST).body?.getReader({ mode: 'byob' });
      let item = await reader?.read(new Uint8Array(40));
      while (item?.done === false) item = await reader?.read(new Uint8Array(40));
      expectAnswer(spans.finished()[0]);
    });
  });

  it('is recorded from a stream of chunks, the last of which closes it', async () => {
    await captureSpans(async (spans) => {
      const reader = desk.parsed(REQUEST).getReader();
      const read: unknown[] = [];
      for (let item = await reader.read(); !item.done; item = await reader.read()) read.push(item.value);
      expect(read).to.deep.equal(ALL);
      expectAnswer(spans.finished()[0]);
    });
  });

  it('is recorded from reads that are asked for at once', async () => {
    await captureSpans(async (spans) => {
      const reader = desk.parsed(REQUEST).getReader();
      const reads = await Promise.all([reader.read(), reader.read(), reader.read(), reader.read()]);
      expect(reads.map(({ done }) => done)).to.deep.equal([false, false, false, true]);
      expectAnswer(spans.finished()[0]);
    });
  });

  it('fails with the error of its stream, which the reader is given', async () => {
    await captureSpans(async (spans) => {
      const reader = desk.broken(REQUEST).getReader();
      const error = await reader.read().catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(TypeError);
      await reader.closed.catch(() => {});
      expect(spans.finished()[0]?.attributes).to.include({ 'error.type': 'TypeError' });
    });
  });

  it('is not looked at where nobody takes chunks', async () => {
    await captureSpans(async (spans) => {
      const reader = desk.plain().getReader();
      expect(await reader.read()).to.deep.equal({ done: false, value: 1 });
      expect((await reader.read()).done).to.equal(true);
      expect(spans.finished()).to.have.length(1);
    });
  });
});
