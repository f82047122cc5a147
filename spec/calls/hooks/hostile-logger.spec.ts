import { expect } from 'chai';
import type { Logger, Tracing } from 'spanwright';
import { configureTracing, health, Traced } from 'spanwright';
import { state } from '#lib/core/state.js';
import { unhandledRejectionsOf } from './process-listeners.js';

function refuse(): never {
  throw new Error('the logger failed');
}

const LOGGERS: Readonly<Record<string, Logger>> = {
  'throws in warn': { warn: refuse },
  'returns a promise that rejects': { warn: () => Promise.reject(new Error('the transport is down')) },
  'has a child that cannot be read': {
    warn: () => {},
    get child(): never {
      return refuse();
    },
  },
};

function failingHook(): never {
  throw new Error('the hook failed');
}

describe('a logger that fails', () => {
  let tracing: Tracing | undefined;
  beforeEach(() => state.warned.clear());
  afterEach(async () => {
    await tracing?.shutdown();
    state.logger = undefined;
  });

  for (const [name, logger] of Object.entries(LOGGERS)) {
    it(`is counted and leaves the call as it is when it ${name}`, async () => {
      tracing = configureTracing({ logger, destinations: [{ provider: 'memory' }] });
      const before = health().guarded['LOGGER_FAILED'] ?? 0;
      const answer = { answer: 42 };
      const unhandled = await unhandledRejectionsOf(() => {
        expect(Traced.wrap({ name: 'work', attributes: failingHook }, () => answer)()).to.equal(answer);
      });
      expect(unhandled).to.deep.equal([]);
      expect(health().guarded['LOGGER_FAILED']).to.equal(before + 1);
      expect(tracing.finishedSpans().map((span) => span.name)).to.deep.equal(['work']);
    });
  }

  it('hears of each kind of failure once, when it is traced itself and its own hook fails', () => {
    const lines: unknown[] = [];
    const warn = Traced.wrap({ name: failingHook }, (fields: object) => lines.push(fields));
    tracing = configureTracing({ logger: { warn }, destinations: [{ provider: 'memory' }] });
    const work = Traced.wrap({ name: failingHook, attributes: failingHook }, () => 'done');
    expect([work(), work()]).to.deep.equal(['done', 'done']);
    expect(lines).to.have.lengthOf(2);
  });
});
