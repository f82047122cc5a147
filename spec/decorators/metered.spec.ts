import { expect } from 'chai';
import type { Tracing, TracingOptions } from 'spanwright';
import { configureTracing, Metered, Traced } from 'spanwright';
import { Measured } from '../genai/measured.js';
import { thrownBy } from './captured.js';

const CALLS = 'spanwright.calls';
const DURATION = 'spanwright.call.duration';

interface Ticket {
  readonly queue: string;
  readonly text: string;
}

class Desk {
  readonly floor = 3;

  @Metered
  open(): string {
    return 'open';
  }

  @Metered()
  fail(): never {
    throw new TypeError('no');
  }

  @Metered({ counter: 'tickets.closed', description: 'Closed tickets.', unit: '{ticket}' })
  async close(isFine = true): Promise<void> {
    await Promise.resolve();
    if (!isFine) throw new TypeError('no');
  }

  @Metered({ histogram: 'ticket.size', unit: 'By', value: (ticket: Ticket) => ticket.text.length })
  load(text: string): Ticket {
    return { queue: 'mail', text };
  }

  @Metered({ counter: 'bytes.read', value: (text: string) => text.length })
  @Metered({ counter: 'reads', histogram: 'read.seconds' })
  read(text: string): string {
    return text;
  }

  @Metered({
    counter: 'tickets.moved',
    attributes(this: Desk, ticket: Ticket) {
      return { queue: ticket.queue, floor: this.floor, isLong: ticket.text.length > 3, nothing: undefined };
    },
  })
  move(ticket: Ticket): Ticket {
    return ticket;
  }

  @Traced({ name: 'named', attributes: { on: 'span' } })
  @Metered({ counter: 'both', attributes: { on: 'metric' } })
  both(): number {
    return 1;
  }

  @Metered({ name: 'own', histogram: 'words', value: () => 1 })
  async *words(): AsyncGenerator<string> {
    yield 'a';
    yield 'b';
  }

  @Metered({ attributes: { region: 'eu' } })
  get size(): number {
    return 1;
  }
}

describe('Metered', () => {
  let measured: Measured;
  let tracing: Tracing;
  const desk = new Desk();

  function configure(options: TracingOptions = {}): void {
    tracing = configureTracing({
      metrics: true,
      destinations: [{ provider: 'memory' }],
      logger: { warn: () => {} },
      ...options,
    });
  }

  beforeEach(() => {
    measured = new Measured();
  });
  afterEach(async () => {
    await tracing.shutdown();
    await measured.stop();
  });

  it('counts calls and their time by function and outcome, bare', async () => {
    configure();
    desk.open();
    desk.open();
    expect(thrownBy(() => desk.fail())).to.be.instanceOf(TypeError);
    expect(await measured.values(CALLS)).to.deep.equal([
      [{ 'code.function.name': 'Desk.open', 'spanwright.outcome': 'ok' }, 2],
      [{ 'code.function.name': 'Desk.fail', 'spanwright.outcome': 'error' }, 1],
    ]);
    const [open, fail] = await measured.points(DURATION);
    expect(open).to.include({ count: 2 });
    expect(open?.sum).to.be.at.least(0).and.below(1);
    expect(fail?.attributes).to.include({ 'spanwright.outcome': 'error' });
  });

  it('adds its attributes to what it counts by itself', async () => {
    configure();
    expect(desk.size).to.equal(1);
    expect(await measured.values(CALLS)).to.deep.equal([
      [{ 'code.function.name': 'Desk.size', region: 'eu', 'spanwright.outcome': 'ok' }, 1],
    ]);
  });

  it('counts calls that ended well in the counter it names', async () => {
    configure();
    await desk.close();
    await desk.close(false).catch(() => {});
    expect(await measured.values('tickets.closed')).to.deep.equal([[{}, 1]]);
    const all = await measured.all();
    expect([...all.keys()]).to.deep.equal(['tickets.closed']);
    expect(all.get('tickets.closed')?.descriptor).to.include({ unit: '{ticket}', description: 'Closed tickets.' });
  });

  it('measures what its function makes of the result', async () => {
    configure();
    desk.load('four');
    desk.load('seven77');
    expect(await measured.values('ticket.size')).to.deep.equal([[{}, 2, 11]]);
    expect((await measured.all()).get('ticket.size')?.descriptor).to.include({ unit: 'By' });
  });

  it('adds up values where it has a counter alone, and measures seconds where it has no value', async () => {
    configure();
    desk.read('four');
    desk.read('seven77');
    expect(await measured.values('bytes.read')).to.deep.equal([[{}, 11]]);
    expect(await measured.values('reads')).to.deep.equal([[{}, 2]]);
    const [seconds] = await measured.points('read.seconds');
    expect(seconds).to.include({ count: 2 });
    expect(seconds?.bounds?.[0]).to.equal(0.01);
    expect((await measured.all()).get('read.seconds')?.descriptor).to.include({ unit: 's' });
  });

  it('makes attributes from the arguments, with this', async () => {
    configure();
    desk.move({ queue: 'mail', text: 'long' });
    expect(await measured.values('tickets.moved')).to.deep.equal([[{ queue: 'mail', floor: 3, isLong: true }, 1]]);
  });

  it('is a part of the one call of its method, and alone makes a span', async () => {
    configure();
    desk.both();
    desk.open();
    for await (const word of desk.words()) expect(word).to.be.oneOf(['a', 'b']);
    const spans = tracing.finishedSpans();
    expect(spans.map(({ name }) => name)).to.deep.equal(['named', 'Desk.open', 'own']);
    expect(spans[0]?.attributes).to.include({ on: 'span' });
    expect(spans[1]?.attributes).to.deep.equal({ 'code.function.name': 'Desk.open' });
    expect(await measured.values('both')).to.deep.equal([[{ on: 'metric' }, 1]]);
    expect(await measured.values('words')).to.deep.equal([[{}, 1, 1]]);
  });

  it('measures calls that are sampled out, without the hooks of the span', async () => {
    configure({ sampling: { ratio: 0 } });
    let hooks = 0;
    const hooked = Metered.wrap(
      {
        counter: 'hooked',
        attributes: (kind) => ({ kind }),
        onResult: () => void hooks++,
        args: () => void hooks++,
        result: () => void hooks++,
      },
      (kind: string) => kind,
    );
    hooked('a');
    desk.load('four');
    expect(await measured.values('hooked')).to.deep.equal([[{ kind: 'a' }, 1]]);
    expect(await measured.values('ticket.size')).to.deep.equal([[{}, 1, 4]]);
    expect(hooks).to.equal(0);
    expect(tracing.finishedSpans()).to.deep.equal([]);
    configure();
    hooked('a');
    expect(hooks).to.equal(3);
  });

  it('runs none of its functions while metrics are off', async () => {
    configure({ metrics: false });
    let runs = 0;
    const work = Metered.wrap(
      {
        counter: 'off',
        attributes: () => {
          runs++;
          return {};
        },
        value: () => ++runs,
      },
      () => 1,
    );
    expect(work()).to.equal(1);
    expect(runs).to.equal(0);
    expect([...(await measured.all()).keys()]).to.deep.equal([]);
  });

  it('works as a block', async () => {
    configure();
    expect(Metered.run({ counter: 'blocks' }, () => 5)).to.equal(5);
    expect(Metered.run('named', (call) => call.sampled)).to.equal(true);
    expect(await measured.values('blocks')).to.deep.equal([[{}, 1]]);
    expect(await measured.values(CALLS)).to.deep.equal([[{ 'spanwright.outcome': 'ok' }, 1]]);
  });
});
