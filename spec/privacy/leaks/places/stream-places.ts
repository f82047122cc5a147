import { Readable } from 'node:stream';
import { deltaChunk, usageChunk } from '../../../genai/made-streams.js';
import { decoratedCall } from '../decorated-call.js';
import type { Place, Trial } from '../trial.js';

const REQUEST = { model: 'gpt-4o-mini', stream: true, messages: [{ role: 'user', content: 'Hello' }] };

/** The text around the canary, cut in the middle of what is secret of it. */
function piecesOf({ text, parts }: Trial): string[] {
  const [part = ''] = parts;
  const middle = text.indexOf(part) + Math.ceil(part.length / 2);
  return ['It is ', text.slice(0, middle), text.slice(middle), ' there.'];
}

function failure(trial: Trial): Error | undefined {
  return trial.fails ? new Error(`the stream broke after ${trial.text}`) : undefined;
}

async function* generate<T>(trial: Trial, items: readonly T[]): AsyncGenerator<T> {
  yield* items;
  const error = failure(trial);
  if (error !== undefined) throw error;
}

const itemsOf = (trial: Trial): unknown[] =>
  trial.decorator === 'LlmCall'
    ? [...piecesOf(trial).map((content) => deltaChunk({ content })), deltaChunk({}, 'stop'), usageChunk(10, 5)]
    : piecesOf(trial);

function eventsOf(trial: Trial): string[] {
  const events = itemsOf(trial).map((item) => `data: ${JSON.stringify(item)}\n\n`);
  return [...events, 'data: [DONE]\n\n'];
}

function toolChunks(trial: Trial): unknown[] {
  const pieces = JSON.stringify({ note: trial.text }).match(/.{1,7}/g) ?? [];
  const call = (text: string, index: number): object => ({
    index: 0,
    ...(index === 0 ? { id: 'call_1', type: 'function' } : {}),
    function: { ...(index === 0 ? { name: 'look_up' } : {}), arguments: text },
  });
  return [
    ...pieces.map((text, index) => deltaChunk({ tool_calls: [call(text, index)] })),
    deltaChunk({}, 'tool_calls'),
    usageChunk(10, 5),
  ];
}

function webStream<T>(trial: Trial, given: readonly T[]): ReadableStream<T> {
  const items = [...given];
  const error = failure(trial);
  return new ReadableStream({
    pull(controller) {
      const item = items.shift();
      if (item !== undefined) controller.enqueue(item);
      else if (error === undefined) controller.close();
      else controller.error(error);
    },
  });
}

const STREAMS: Readonly<Record<string, (trial: Trial) => unknown>> = {
  'across items of an async generator': (trial) => generate(trial, itemsOf(trial)),
  'across items of a Web stream': (trial) => webStream(trial, itemsOf(trial)),
  'across items of a Node stream': (trial) => Readable.from(generate(trial, itemsOf(trial))),
  'across bytes of a Response': (trial) =>
    new Response(webStream(trial, eventsOf(trial)).pipeThrough(new TextEncoderStream()), {
      headers: { 'content-type': 'text/event-stream' },
    }),
};

const request = (trial: Trial): object => (trial.decorator === 'LlmCall' ? { args: [REQUEST] } : {});

/** A call that gives a stream does not throw; where it fails, the stream does. */
function streamed(trial: Trial, make: (trial: Trial) => unknown): Promise<void> {
  return decoratedCall({ ...trial, fails: false }, { ...request(trial), result: () => make(trial) });
}

/** Places in streams, cut in the middle of the canary. */
export const STREAM_PLACES: readonly Place[] = [
  ...Object.entries(STREAMS).map(([title, make]): Place => ({ title, run: (trial) => streamed(trial, make) })),
  {
    title: 'across pieces of the arguments of a tool',
    decorators: ['LlmCall', 'AgentCall'],
    run: (trial) => streamed(trial, () => generate(trial, toolChunks(trial))),
  },
  {
    title: 'across letters of an async generator',
    decorators: ['Traced', 'ToolCall', 'AgentCall', 'LlmCall'],
    run: (trial) =>
      streamed(trial, () =>
        generate(
          trial,
          Array.from(trial.text, (letter) =>
            trial.decorator === 'LlmCall' ? deltaChunk({ content: letter }) : letter,
          ),
        ),
      ),
  },
];
