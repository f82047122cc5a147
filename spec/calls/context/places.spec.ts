import { AsyncResource } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { context } from '@opentelemetry/api';
import { expect } from 'chai';
import { currentCall, getTracer, Traced } from 'spanwright';
import type { CapturedSpans } from 'spanwright/testing';
import { captureSpans } from 'spanwright/testing';
import { NamedSpans } from './named-spans.js';

const HERE = fileURLToPath(import.meta.url);
const touch = (name: string): void => Traced.run(name, () => {});

type Schedule = (work: () => void) => void;

const SCHEDULES: Readonly<Record<string, Schedule>> = {
  setTimeout: (work) => setTimeout(work, 1),
  setImmediate: (work) => setImmediate(work),
  'process.nextTick': (work) => process.nextTick(work),
  queueMicrotask: (work) => queueMicrotask(work),
  'then of a promise': (work) => void Promise.resolve().then(work),
  'a callback of fs': (work) => readFile(HERE, () => work()),
  'an emitter that emits inside the call': (work) => {
    const emitter = new EventEmitter().once('event', work);
    emitter.emit('event');
  },
};

describe('context', () => {
  let spans: CapturedSpans;
  beforeEach(() => {
    spans = captureSpans();
  });
  afterEach(() => spans.stop());

  const lineOf = (name: string): string => new NamedSpans(spans).lineOf(name);

  for (const [name, schedule] of Object.entries(SCHEDULES)) {
    it(`is kept in ${name}`, async () => {
      const seen = await Traced.run('outer', async (call) => {
        const inner = await new Promise<string | undefined>((resolve) => {
          schedule(() => {
            touch('inner');
            resolve(currentCall()?.spanId);
          });
        });
        return [call.spanId, inner, currentCall()?.spanId];
      });
      expect(new Set(seen).size).to.equal(1);
      expect(lineOf('inner')).to.equal('inner < outer');
      expect(currentCall()).to.equal(undefined);
    });
  }

  it('of an event is that of the emit, and the registration’s when it is bound', () => {
    const emitter = new EventEmitter();
    Traced.run('registration', () => {
      emitter.on('event', () => touch('free'));
      emitter.on(
        'event',
        AsyncResource.bind(() => touch('bound')),
      );
      emitter.on(
        'event',
        context.bind(context.active(), () => touch('bound by the API')),
      );
    });
    Traced.run('emit', () => emitter.emit('event'));
    expect(lineOf('free')).to.equal('free < emit');
    expect(lineOf('bound')).to.equal('bound < registration');
    expect(lineOf('bound by the API')).to.equal('bound by the API < registration');
  });

  it('of a pooled callback is that of whoever calls it, and the caller’s own when it is bound', () => {
    const queue: (() => void)[] = [];
    Traced.run('asks', () => {
      queue.push(() => touch('free'));
      queue.push(AsyncResource.bind(() => touch('bound')));
    });
    Traced.run('drains', () => {
      for (const job of queue) job();
    });
    expect(lineOf('free')).to.equal('free < drains');
    expect(lineOf('bound')).to.equal('bound < asks');
  });

  it('after an await is that of the code that waits, whoever resolves', async () => {
    let release: (() => void) | undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const waiting = Traced.run('waits', async () => {
      await gate;
      touch('after the gate');
    });
    await Traced.run('opens the gate', async () => release?.());
    await waiting;
    expect(lineOf('after the gate')).to.equal('after the gate < waits');
  });

  it('of work that outlives its call stays: the child ends later and keeps its parent', async () => {
    let work: Promise<void> | undefined;
    Traced.run('outer', () => {
      work = Traced.run('floating', async () => {
        await new Promise((resolve) => {
          setTimeout(resolve, 2);
        });
        touch('late');
      });
    });
    await work;
    expect(spans.finished().map(({ name }) => name)).to.deep.equal(['outer', 'late', 'floating']);
    expect(lineOf('late')).to.equal('late < floating < outer');
  });

  it('goes through spans made by hand, in both directions', async () => {
    await Traced.run('outer', async () =>
      getTracer().startActiveSpan('by hand', async (span) => {
        await Traced.run('inner', async () => {
          await new Promise(setImmediate);
          getTracer().startSpan('leaf by hand').end();
        });
        span.end();
      }),
    );
    expect(lineOf('leaf by hand')).to.equal('leaf by hand < inner < by hand < outer');
  });

  it('begins anew with root, and goes on as before behind it', () => {
    Traced.run('outer', () => {
      Traced.run({ name: 'new root', root: true }, () => touch('below the new root'));
      touch('below the old one');
    });
    const named = new NamedSpans(spans);
    expect(named.lineOf('below the new root')).to.equal('below the new root < new root');
    expect(named.lineOf('below the old one')).to.equal('below the old one < outer');
    const traces = ['outer', 'new root'].map((name) => named.get(name).spanContext().traceId);
    expect(traces[0]).to.not.equal(traces[1]);
  });

  it('is back where it was behind a call that throws or rejects', async () => {
    await Traced.run('outer', async () => {
      for (const fail of [
        () => {
          throw new Error('now');
        },
        async () => {
          throw new Error('later');
        },
      ]) {
        try {
          await Traced.run('fails', fail);
        } catch {
          touch(`behind ${spans.finished().length}`);
        }
      }
    });
    const lines = spans.finished().filter(({ name }) => name.startsWith('behind'));
    const outer = spans.finished().at(-1);
    expect(lines.map(({ parentSpanContext }) => parentSpanContext?.spanId)).to.deep.equal([
      outer?.spanContext().spanId,
      outer?.spanContext().spanId,
    ]);
  });
});
