import { expect } from 'chai';
import type { CallHealth } from 'spanwright';
import type { Printed } from './host-application.js';
import { HostApplication, namesOf } from './host-application.js';
import { HttpSink } from './http-sink.js';

interface Beside extends Printed {
  readonly result: string;
  readonly error: string;
  readonly state: string;
  readonly calls: CallHealth;
  readonly guarded: Readonly<Record<string, number>>;
  readonly failures: readonly string[];
}

const ALL = ['failing', 'inner', 'root of datadog', 'work'];
const ROOT = 'root of datadog';

// A span is a map whose field `name` stands right before its value, both as MessagePack strings with a byte of length.
function spansIn(body: Buffer): string[] {
  const text = body.toString('latin1');
  return [...text.matchAll(/\u00a4name[\u00a0-\u00bf]([ -~]+)\u00a8resource/g)].map(([, name = '']) => name);
}

describe('beside dd-trace', function () {
  this.timeout(120_000);
  let application: HostApplication;
  let sink: HttpSink;

  before(async () => {
    application = new HostApplication('dd-trace');
    sink = await new HttpSink().start();
  });
  after(async () => {
    application.remove();
    await sink.stop();
  });

  async function run(order: string, registration: string, env = {}): Promise<Beside & { theirs: string[] }> {
    const seen = await application.run<Beside>(22, ['main.mjs', order, registration], { SINK: sink.address, ...env });
    const bodies = sink.take('/traces');
    expect(seen).to.include({ result: ': 11 of secret', error: 'RangeError: on purpose' });
    expect(seen.failures).to.deep.equal([]);
    expect(seen.guarded).to.deep.equal({});
    expect(seen.calls).to.deep.equal({ opened: 3, ok: 2, error: 1, cancelled: 0, abandoned: 0, live: 0 });
    for (const body of bodies) expect(body.includes('secret text')).to.equal(false);
    return { ...seen, theirs: bodies.flatMap(spansIn).toSorted() };
  }

  for (const enabled of ['false', 'true']) {
    const env = { DD_TRACE_OTEL_ENABLED: enabled };
    for (const order of ['before', 'after']) {
      const when = `begun ${order} us, DD_TRACE_OTEL_ENABLED=${enabled}`;

      it(`its provider, ${when}: it gets the spans once and nothing else, which is said once`, async () => {
        const seen = await run(order, 'register', env);
        expect(seen.theirs).to.deep.equal(ALL);
        expect(seen.ours).to.deep.equal([]);
        expect(seen.state).to.equal('hosted');
        expect(seen.warnings.map(({ code }) => code)).to.deep.equal(['HOST_PROVIDER_CLOSED']);
      });

      it(`without its provider, ${when}: ours are whole, once, and none of its own`, async () => {
        const seen = await run(order, 'leave', env);
        expect(seen.theirs).to.deep.equal([ROOT]);
        expect(namesOf(seen.ours)).to.deep.equal(['inner', 'work', 'failing']);
        expect(seen.ours[0]?.parent).to.equal(seen.ours[1]?.id.split('/')[1]);
        expect(seen.ours[1]?.attributes).to.include({ asked: true, 'spanwright.arguments': '["secret text"]' });
        expect(seen.state).to.equal('on');
        expect(seen.warnings).to.deep.equal([]);
      });
    }
  }

  it('its provider leaves createSpanProcessor without spans that can be read, which is said once', async () => {
    const seen = await run('alone', 'processor');
    expect(seen.theirs).to.deep.equal(ALL);
    expect(seen.warnings.map(({ code }) => code)).to.deep.equal(['HOST_SPANS_UNREADABLE']);
  });
});
