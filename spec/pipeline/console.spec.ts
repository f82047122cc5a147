import { expect } from 'chai';
import { configureTracing, Traced } from 'spanwright';
import { ConsoleDestination } from '#lib/pipeline/destinations/console.js';
import { madeSpan } from './made-spans.js';

/** Gives what is written to standard output meanwhile, instead of writing it. */
async function outputOf(work: () => unknown): Promise<string> {
  const { stdout } = process;
  const write = Object.getOwnPropertyDescriptor(stdout, 'write');
  let text = '';
  Object.defineProperty(stdout, 'write', {
    configurable: true,
    value: (chunk: string) => {
      text += chunk;
      return true;
    },
  });
  try {
    await work();
  } finally {
    if (write === undefined) Reflect.deleteProperty(stdout, 'write');
    else Object.defineProperty(stdout, 'write', write);
  }
  return text;
}

const clean = (text: string): string => text.replaceAll(/\(\d+(?:\.\d+)? m?s\)/g, '(…)');

describe('the console destination', () => {
  let written: string[];
  let destination: ConsoleDestination;

  function give(...shapes: Parameters<typeof madeSpan>[0][]): void {
    for (const shape of shapes) destination.take(() => madeSpan(shape));
  }

  beforeEach(() => {
    written = [];
    destination = new ConsoleDestination((text) => written.push(text));
  });

  it('prints a trace when its root ends, and traces apart', () => {
    give({ id: 2, parent: 1 }, { id: 12, parent: 11, trace: 2 });
    expect(written).to.deep.equal([]);
    give({ id: 1 });
    give({ id: 11, trace: 2 });
    expect(written).to.deep.equal([
      'span 1 (1.50 ms)\n└─ span 2 (1.50 ms)\n',
      'span 11 (1.50 ms)\n└─ span 12 (1.50 ms)\n',
    ]);
  });

  it('takes a span below another process for a root', () => {
    give({ id: 2, parent: 1, isParentRemote: true });
    expect(written).to.deep.equal(['span 2 (1.50 ms)\n']);
  });

  it('prints what is unfinished on flush, once', () => {
    give({ id: 2, parent: 1 });
    destination.flush();
    destination.flush();
    expect(written).to.deep.equal(['span 2 (1.50 ms)\n']);
  });

  it('holds a bounded number of spans: the oldest trace is printed as far as it is known', () => {
    for (let trace = 1; trace <= 10_001; trace++) give({ id: 2, parent: 1, trace });
    expect(written).to.have.lengthOf(1);
    for (let id = 3; id < 10_003; id++) give({ id, parent: 1, trace: 2 });
    expect(written.length).to.be.above(1);
    destination.flush();
    expect(written.join('').split('\n')).to.have.lengthOf(20_001 + 1);
  });

  it('prints what decorated code did', async () => {
    const text = await outputOf(async () => {
      const tracing = configureTracing({ destinations: [{ provider: 'console', content: 'full' }] });
      class Desk {
        @Traced({ args: true, result: true })
        async open(_id: string): Promise<void> {
          await Promise.resolve();
          this.close();
        }

        @Traced({ kind: 'client', attributes: { colour: '\u001b[31mred' } })
        close(): void {}
      }
      await new Desk().open('T-1');
      expect(tracing.health().destinations['console']).to.include({ accepted: 2, delivered: 2, healthy: true });
      await tracing.shutdown();
    });
    expect(clean(text)).to.equal(
      'Desk.open (…) spanwright.arguments=["T-1"]\n└─ Desk.close CLIENT (…) colour=\\u001b[31mred\n',
    );
  });

  it('is what `enabled: true` alone configures', async () => {
    const text = await outputOf(async () => {
      const tracing = configureTracing({ enabled: true });
      Traced.run('block', () => 1);
      await tracing.shutdown();
    });
    expect(clean(text)).to.equal('block (…)\n');
  });
});
