import { expect } from 'chai';
import type { CallHealth } from 'spanwright';
import { OtlpServer } from '../../pipeline/otlp-server.js';
import type { Printed } from './host-application.js';
import { HostApplication, idsOf, namesOf } from './host-application.js';
import { HttpSink } from './http-sink.js';

interface Beside extends Printed {
  readonly result: string;
  readonly error: string;
  readonly state: string;
  readonly complete: boolean;
  readonly calls: CallHealth;
  readonly guarded: Readonly<Record<string, number>>;
  /** Uncaught errors and rejections. */
  readonly failures: readonly string[];
}

/** An item of an envelope: a transaction of version 10, or the spans of version 11. */
interface Item {
  readonly type?: string;
  readonly transaction?: string;
  readonly spans?: readonly { readonly description: string }[];
  readonly items?: readonly { readonly name: string }[];
}

function spansIn(envelope: Buffer): string[] {
  const lines = envelope.toString('utf8').split('\n');
  const items = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Item);
  return items.flatMap((item) => [
    ...(item.transaction === undefined ? [] : [item.transaction]),
    ...(item.spans ?? []).map(({ description }) => description),
    ...(item.items ?? []).map(({ name }) => name),
  ]);
}

const CALLS = ['failing', 'inner', 'work'];
const ALL = ['failing', 'inner', 'root of sentry', 'work'];
const ROOT = 'root of sentry';
const ELEVEN = '@sentry/node';
const TEN = 'sentry-node-10';

/** Who gets what. `theirs` and `ours` name the spans, sorted. */
interface Case {
  readonly title: string;
  readonly module: string;
  readonly options?: object;
  readonly order: 'before' | 'after';
  readonly state: 'on' | 'hosted';
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
  readonly warnings?: readonly string[];
}

const cases: readonly Case[] = [
  ...(['before', 'after'] as const).map((order) => ({
    title: '11 as it comes',
    module: ELEVEN,
    order,
    state: 'on' as const,
    ours: CALLS,
    theirs: [ROOT],
  })),
  {
    title: '11 with its provider',
    module: ELEVEN,
    options: { enableOpenTelemetrySetup: true },
    order: 'before',
    state: 'hosted',
    ours: [],
    theirs: ALL,
    warnings: ['HOST_PROVIDER_CLOSED'],
  },
  {
    title: '11 with its provider',
    module: ELEVEN,
    options: { enableOpenTelemetrySetup: true },
    order: 'after',
    state: 'on',
    ours: CALLS,
    theirs: [ROOT],
    warnings: ['HOST_PROVIDER_SECOND'],
  },
  {
    title: '10 with its provider',
    module: TEN,
    order: 'before',
    state: 'hosted',
    ours: [],
    theirs: ALL,
    warnings: ['HOST_PROVIDER_CLOSED'],
  },
  {
    // Version 10 makes its own spans through OpenTelemetry, which keeps the first provider: ours.
    title: '10 with its provider',
    module: TEN,
    order: 'after',
    state: 'on',
    ours: ALL,
    theirs: [],
    warnings: ['HOST_PROVIDER_SECOND'],
  },
  {
    title: '10 with a provider of the SDK',
    module: TEN,
    options: { openTelemetryBasicTracerProvider: true },
    order: 'before',
    state: 'hosted',
    ours: ALL,
    theirs: ALL,
  },
  {
    title: '10 with a provider of the SDK',
    module: TEN,
    options: { openTelemetryBasicTracerProvider: true },
    order: 'after',
    state: 'hosted',
    ours: ALL,
    theirs: ALL,
    warnings: ['HOST_PROVIDER_SECOND'],
  },
];

describe('beside Sentry', function () {
  this.timeout(120_000);
  let application: HostApplication;
  let sink: HttpSink;

  before(async () => {
    application = new HostApplication('sentry');
    sink = await new HttpSink().start();
  });
  after(async () => {
    application.remove();
    await sink.stop();
  });

  const run = (order: string, module: string, options: object): Promise<Beside> =>
    application.run<Beside>(20, ['main.mjs', order, module, JSON.stringify(options)], { SINK: sink.address });

  for (const { title, module, options = {}, order, state, ours, theirs, warnings = [] } of cases) {
    it(`${title}, begun ${order} us: each span once, and the program is the same`, async () => {
      const seen = await run(order, module, options);
      const bodies = sink.take('/envelope/');
      expect(seen).to.include({ result: ': 11 of secret', error: 'RangeError: on purpose', state, complete: true });
      expect(seen.failures).to.deep.equal([]);
      expect(seen.guarded).to.deep.equal({});
      expect(seen.calls).to.deep.equal({ opened: 3, ok: 2, error: 1, cancelled: 0, abandoned: 0, live: 0 });
      expect(namesOf(seen.ours).toSorted()).to.deep.equal(ours);
      expect(new Set(idsOf(seen.ours))).to.have.lengthOf(ours.length);
      expect(bodies.flatMap(spansIn).toSorted()).to.deep.equal(theirs);
      for (const body of bodies) expect(body.includes('secret text')).to.equal(false);
      expect(seen.warnings.map(({ code }) => code)).to.deep.equal(warnings);
      const [inner, work] = ['inner', 'work'].map((name) => seen.ours.find((span) => span.name === name));
      if (ours.length > 0) expect(inner?.parent).to.equal(work?.id.split('/')[1]);
    });
  }

  it('10 takes createSpanProcessor, and both get every span once', async () => {
    const server = await new OtlpServer().start();
    const processor = { endpoint: server.endpoint, content: 'full' };
    let seen: Beside;
    try {
      seen = await application.run<Beside>(20, ['main.mjs', 'alone', TEN, JSON.stringify({ processor })], {
        SINK: sink.address,
      });
    } finally {
      await server.stop();
    }
    const bodies = sink.take('/envelope/');
    expect(seen.failures).to.deep.equal([]);
    expect(bodies.flatMap(spansIn).toSorted()).to.deep.equal(ALL);
    expect(server.spans.map(({ name }) => name).toSorted()).to.deep.equal(ALL);
    const work = server.spans.find(({ name }) => name === 'work');
    expect(work?.attributes).to.include({ 'spanwright.arguments': '["secret text"]' });
    for (const body of bodies) expect(body.includes('secret text')).to.equal(false);
  });
});
