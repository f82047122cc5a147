import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'chai';
import type { Arbitrary } from 'fast-check';
import { array, constant, constantFrom, integer, oneof, record } from 'fast-check';
import type { Outlet } from '#lib/pipeline/outlet.js';
import { expectBalanced } from '../accounts.js';
import { giveMany } from '../made-outlet.js';
import type { ArrivedRequest, ScriptedAnswer } from '../otlp-server.js';
import { OtlpServer } from '../otlp-server.js';
import { httpOutlet, within } from './http-outlet.js';

/** What happens to one backend until it is healthy again, and what is sent meanwhile. */
export interface FaultStory {
  /** The answers to the first requests, in the order in which they come. */
  readonly faults: readonly ScriptedAnswer[];
  readonly bursts: readonly number[];
  readonly maxQueue: number;
  readonly onFull: 'drop_oldest' | 'drop_newest';
  readonly maxSockets: number;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const rejecting = (rejectedSpans: number): ScriptedAnswer => ({
  headers: JSON_TYPE,
  body: JSON.stringify({ partialSuccess: { rejectedSpans } }),
});

const faults: Arbitrary<ScriptedAnswer> = oneof(
  constantFrom(400, 401, 402, 404, 408, 413, 429, 500, 502, 503).map((status) => ({ status })),
  constantFrom('0', '0.1', '1').map((seconds) => ({ status: 429, headers: { 'retry-after': seconds } })),
  constantFrom('reset' as const, 'lose' as const, 'hang' as const).map((fault) => ({ fault })),
  integer({ min: 1, max: 300 }).map((delayMs) => ({ delayMs })),
  integer({ min: 1, max: 2000 }).map(rejecting),
  constant({ status: 302, headers: { location: 'http://127.0.0.1:1/' } }),
);

/** Any story. */
export const faultStories: Arbitrary<FaultStory> = record({
  faults: array(faults, { maxLength: 6 }),
  bursts: array(integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 4 }),
  maxQueue: constantFrom(100_000, 100_000, 700),
  onFull: constantFrom('drop_oldest', 'drop_newest'),
  maxSockets: constantFrom(1, 3, 10),
});

const idsOf = ({ spans }: ArrivedRequest): string[] => spans.map(({ spanId }) => spanId);

function expectArrived(server: OtlpServer, outlet: Outlet, isLossOfAnswers: boolean): void {
  const { delivered, dropped, queued, queuedBytes } = outlet.health();
  expect({ queued, queuedBytes }).to.deep.equal({ queued: 0, queuedBytes: 0 });
  const arrived = server.requests.flatMap(idsOf);
  const taken = delivered + (dropped['rejected'] ?? 0);
  if (isLossOfAnswers) {
    // Sent again because nobody can tell: at least once.
    expect(new Set(arrived).size).to.be.at.least(taken);
  } else {
    expect(new Set(arrived).size, 'what counts as delivered has arrived').to.equal(taken);
    expect(arrived.length, 'and once').to.equal(taken);
  }
}

/** Plays a story against a real server, looking at every turn; then everything that the queue kept has arrived. */
export async function play({ faults: script, bursts, maxQueue, onFull, maxSockets }: FaultStory): Promise<void> {
  const server = await new OtlpServer().start();
  const hangs = script.some(({ fault }) => fault === 'hang');
  const outlet = httpOutlet(server.endpoint, {
    http: { maxSockets, timeoutMs: hangs ? 1000 : 20_000 },
    delivery: { maxQueue, onFull, breaker: { failures: 3, openMs: 30 } },
  });
  const rest = [...script];
  const answered = new Set<string>();
  const problems: string[] = [];
  server.script = (request) => {
    const answer = rest.shift() ?? {};
    const ids = idsOf(request);
    if (ids.some((id) => answered.has(id))) problems.push('what was taken with a 2xx is sent again');
    const { status = 200, fault } = answer;
    if (fault === undefined && status === 200) for (const id of ids) answered.add(id);
    return answer;
  };
  let isOver = false;
  const look = async (): Promise<void> => {
    while (!isOver) {
      expectBalanced(outlet.health());
      await nextTurn();
    }
  };
  const send = async (): Promise<void> => {
    for (const count of bursts) {
      for (let done = 0; done < count; done += 50) {
        giveMany(Math.min(50, count - done), [outlet]);
        expectBalanced(outlet.health());
      }
      await nextTurn();
    }
    const end = within(25_000);
    while (outlet.pending > 0 && performance.now() < end) {
      await outlet.flush(end, true);
      await nextTurn();
    }
    isOver = true;
  };
  try {
    await Promise.all([look(), send()]);
    // An answer that comes too late is one that was lost.
    if (!hangs) expect(problems).to.deep.equal([]);
    expectArrived(server, outlet, hangs || script.some(({ fault }) => fault === 'lose'));
  } finally {
    isOver = true;
    await outlet.close();
    await server.stop();
  }
}
