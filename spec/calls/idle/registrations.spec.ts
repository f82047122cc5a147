import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { createTracing, health, Traced } from 'spanwright';
import { expect } from 'chai';

import { collectUntil } from '../lifecycle/fixtures/collect.js';

type Api = typeof import('@opentelemetry/api');

const exporter = new InMemorySpanExporter();
const work = Traced.wrap('work', (value: number) => value + 1);

function host(): TracerProvider {
  return new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
}

function names(): string[] {
  return exporter.getFinishedSpans().map(({ name }) => name);
}

// A copy of its own, as a package manager leaves one in the tree when two versions are asked for.
function copyOfApi(): { api: Api; remove: () => void } {
  const require = createRequire(import.meta.url);
  const folder = mkdtempSync(join(tmpdir(), 'second-api-'));
  cpSync(resolve('node_modules/@opentelemetry/api'), folder, { recursive: true });
  return { api: require(folder) as Api, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

describe('An idle wrapper', () => {
  beforeEach(() => {
    expect(work(1)).equal(2);
  });

  afterEach(() => {
    trace.disable();
    exporter.reset();
  });

  it('opens no call', () => {
    const { opened } = health().calls;
    work(1);
    expect(health().calls.opened).equal(opened);
  });

  it('notices a provider at once, its removal, and the next one', () => {
    trace.setGlobalTracerProvider(host());
    work(1);
    expect(names()).deep.equal(['work']);
    trace.disable();
    work(1);
    expect(names()).deep.equal(['work']);
    trace.setGlobalTracerProvider(host());
    work(1);
    expect(names()).deep.equal(['work', 'work']);
  });

  it('notices a tracing of ours at once, without any provider', async () => {
    const tracing = createTracing({ destinations: [{ provider: 'memory' }], exclusive: true });
    const scoped = Traced.wrap({ name: 'scoped', tracing }, () => 1);
    scoped();
    tracing.start();
    scoped();
    expect(tracing.finishedSpans().map(({ name }) => name)).deep.equal(['scoped']);
    await tracing.close();
    scoped();
    expect(tracing.finishedSpans()).length(1);
  });

  it('notices a provider that came through another copy of the API before long, and then keeps looking', async () => {
    const { api, remove } = copyOfApi();
    try {
      expect(api.trace).not.equal(trace);
      expect(api.trace.setGlobalTracerProvider(host())).equal(true);
      await collectUntil(() => work(1) === 2 && names().length > 0);
      exporter.reset();
      work(1);
      expect(names()).deep.equal(['work']);
      api.trace.disable();
      work(1);
      expect(names()).deep.equal(['work']);
    } finally {
      api.trace.disable();
      remove();
    }
  });
});
