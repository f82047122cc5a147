import { EventEmitter, once } from 'node:events';
import { expect } from 'chai';
import { configureTracing, Traced } from 'spanwright';
import { eventually } from './accounts.js';
import type { Left } from './leaving-program.js';
import { LeavingProgram } from './leaving-program.js';
import { OtlpServer } from './otlp-server.js';

describe('a process that ends in the middle of a burst', function () {
  this.timeout(30_000);
  let server: OtlpServer;
  let program: LeavingProgram;

  const start = (code: string, before = ''): LeavingProgram =>
    (program = new LeavingProgram(server.endpoint, code, before));

  // 2,000 spans were delivered, 3,000 wait.
  async function afterFlush(end: string): Promise<Left> {
    start(`burst(2000); await tracing.flush(); burst(3000); ready(); ${end}`);
    await program.ready();
    return await program.end();
  }

  function expectOnlyQueuedLost({ errors }: Left): void {
    expect(server.spans).to.have.lengthOf.at.least(2000);
    expect(new Set(server.spans.map(({ spanId }) => spanId))).to.have.lengthOf(server.spans.length);
    expect(errors, 'and that is said').to.contain('the process ends with 3000 spans that were not delivered');
  }

  beforeEach(async () => {
    server = await new OtlpServer().start();
  });
  afterEach(async () => {
    program.kill('SIGKILL');
    await server.stop();
  });

  it('by kill -9 loses what is queued and nothing else', async () => {
    start('burst(2000); await tracing.flush(); ready(); for (;;) { burst(50); await delay(1); }');
    await program.ready();
    await eventually(() => server.spans.length > 2500, 'more than what was flushed');
    program.kill('SIGKILL');
    const { code, signal, errors } = await program.end();
    expect({ code, signal, errors }).to.deep.equal({ code: null, signal: 'SIGKILL', errors: '' });
  });

  it('by process.exit(3) keeps the code and loses what is queued', async () => {
    const left = await afterFlush('process.exit(3);');
    expect(left).to.include({ code: 3, signal: null });
    expectOnlyQueuedLost(left);
    expect(left.ms).to.be.below(3000);
  });

  it('by an uncaught exception keeps the code and loses what is queued', async () => {
    const left = await afterFlush("setImmediate(() => { throw new TypeError('of the user'); }); await delay(5000);");
    expect(left).to.include({ code: 1, signal: null });
    expect(left.errors).to.contain('TypeError: of the user');
    expect(server.spans).to.have.lengthOf.at.least(2000);
    expect(left.ms).to.be.below(3000);
  });

  it('by an unhandled rejection keeps the code', async () => {
    const left = await afterFlush("void Promise.reject(new TypeError('of the user')); await delay(5000);");
    expect(left).to.include({ code: 1, signal: null });
    expect(left.errors).to.contain('TypeError: of the user');
  });

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`by ${signal} delivers everything to a healthy backend, and ends by the signal`, async () => {
      start('live(); burst(20_000); ready();');
      await program.ready();
      program.kill(signal);
      const left = await program.end();
      expect(left).to.include({ code: null, signal, errors: '' });
      expect(left.ms, 'within its two seconds').to.be.below(4000);
      expect(new Set(server.spans.map(({ spanId }) => spanId))).to.have.lengthOf(20_000);
      expect(server.spans).to.have.lengthOf(20_000);
    });
  }

  it('by SIGTERM delivers open calls of a tracing of its own as abandoned', async () => {
    start(`live(); await tracing.shutdown();
      const own = createTracing({ destinations: [{ provider: 'otlp', endpoint: '${server.endpoint}' }] }).start();
      void Traced.run({ name: 'open', tracing: own }, () => new Promise(() => {})); ready();`);
    await program.ready();
    program.kill('SIGTERM');
    expect(await program.end()).to.include({ signal: 'SIGTERM' });
    expect(server.spans.map(({ attributes }) => attributes['spanwright.outcome'])).to.deep.equal(['abandoned']);
  });

  it('by SIGTERM delivers calls that are open as abandoned', async () => {
    start("live(); void Traced.run('open', () => new Promise(() => {})); burst(10); ready();");
    await program.ready();
    program.kill('SIGTERM');
    expect(await program.end()).to.include({ signal: 'SIGTERM' });
    expect(server.spans).to.have.lengthOf(11);
    const open = server.spans.find(({ name }) => name === 'open');
    expect(open?.attributes).to.include({ 'spanwright.outcome': 'abandoned' });
  });

  for (const [what, end] of [
    ['a shutdown', 'void tracing.shutdown();'],
    ['another configuration', "configureTracing({ destinations: [{ provider: 'memory' }] });"],
  ]) {
    it(`by SIGTERM delivers what ${what} has still to deliver`, async () => {
      start(`live(); burst(5000); ${end} ready();`);
      await program.ready();
      program.kill('SIGTERM');
      expect(await program.end()).to.include({ code: null, signal: 'SIGTERM', errors: '' });
      expect(server.spans).to.have.lengthOf(5000);
    });
  }

  it('by SIGTERM while nothing waits ends at once', async () => {
    start('live(); burst(10); await tracing.flush(); ready();');
    await program.ready();
    program.kill('SIGTERM');
    const left = await program.end();
    expect(left).to.include({ signal: 'SIGTERM', errors: '' });
    expect(left.ms).to.be.below(1000);
  });

  it('by SIGTERM with a backend that hangs ends within seconds, and says what stayed behind', async () => {
    server.script = () => ({ fault: 'hang' });
    start('live(); burst(10); ready();');
    await program.ready();
    program.kill('SIGTERM');
    const left = await program.end();
    expect(left).to.include({ code: null, signal: 'SIGTERM' });
    expect(left.ms).to.be.within(1500, 5000);
    expect(left.errors).to.contain('10 spans that were not delivered');
  });

  it('by a second SIGTERM ends at once', async () => {
    server.script = () => ({ fault: 'hang' });
    start('live(); burst(10); ready();');
    await program.ready();
    program.kill('SIGTERM');
    await eventually(() => server.attempts > 0, 'the flush of the first');
    program.kill('SIGTERM');
    const left = await program.end();
    expect(left).to.include({ code: null, signal: 'SIGTERM' });
    expect(left.ms).to.be.below(1900);
  });

  it('leaves an application’s own listener in charge, and delivers beside it', async () => {
    start(`
      live();
      process.on('SIGTERM', async () => { await delay(1500); process.exit(7); });
      burst(500); ready();`);
    await program.ready();
    program.kill('SIGTERM');
    expect(await program.end()).to.include({ code: 7, signal: null, errors: '' });
    expect(server.spans).to.have.lengthOf(500);
  });

  it('leaves an application’s own listener in charge that was there first, and for one signal', async () => {
    const before = "process.once('SIGTERM', async () => { await delay(1500); process.exit(7); });";
    start('live(); burst(500); ready();', before);
    await program.ready();
    program.kill('SIGTERM');
    expect(await program.end()).to.include({ code: 7, signal: null, errors: '' });
    expect(server.spans).to.have.lengthOf(500);
  });

  it('does not end where an application’s own listener decides against it', async () => {
    start(`
      process.on('SIGTERM', () => { ready('heard'); });
      burst(10); ready(); await delay(1500); ready('still here'); process.exitCode = 5;`);
    await program.ready();
    program.kill('SIGTERM');
    expect(await program.end()).to.include({ code: 5, signal: null });
    expect(program.output).to.contain('heard').and.contain('still here');
    expect(server.spans).to.have.lengthOf(10);
  });

  it('has its own exit after a shutdown: no listener of ours is left', async () => {
    start(`
      burst(10); await tracing.shutdown();
      ready(String(names.map((name, index) => process.listenerCount(name) - before[index])));`);
    expect(await program.end()).to.include({ code: 0, signal: null, errors: '' });
    expect(program.output.trim()).to.equal('0,0,0,0');
    expect(server.spans).to.have.lengthOf(10);
  });

  for (const fault of ['hang', 'reset'] as const) {
    it(`and has nothing left to do ends within seconds although its backend is dead (${fault})`, async () => {
      server.script = () => ({ fault });
      start('burst(10); ready(); process.exitCode = 4;');
      await program.ready();
      const left = await program.end();
      expect(left).to.include({ code: 4, signal: null });
      expect(left.ms).to.be.below(6000);
      expect(left.errors).to.contain('10 spans that were not delivered');
    });
  }

  it('survives a standard error that nobody reads', async () => {
    server.script = () => ({ status: 402 });
    start('await delay(300); burst(10); await tracing.flush(100); await delay(300); ready(); process.exitCode = 4;');
    program.deafen();
    await program.ready();
    expect(await program.end()).to.include({ code: 4, signal: null });
    expect(server.attempts).to.equal(1);
  });
});

describe('flush inside waitUntil of a serverless function', () => {
  it('delivers what has ended and touches no call that is live', async () => {
    const server = await new OtlpServer().start();
    const tracing = configureTracing({ destinations: [{ provider: 'otlp', endpoint: server.endpoint }] });
    const after: Promise<unknown>[] = [];
    const waitUntil = (promise: Promise<unknown>): number => after.push(promise);
    const handle = async (name: string): Promise<string> => {
      const answer = await Traced.run(name, async () => {
        await Promise.resolve();
        return name;
      });
      waitUntil(tracing.flush());
      return answer;
    };
    const gate = new EventEmitter();
    const other = Traced.run('another invocation', () => once(gate, 'finish'));
    expect(await handle('first')).to.equal('first');
    expect(await Promise.all(after.splice(0))).to.deep.equal([
      { complete: true, destinations: { otlp: { delivered: 1, undelivered: 0 } } },
    ]);
    expect(tracing.health().calls.live).to.equal(1);
    gate.emit('finish');
    await other;
    await handle('second');
    await Promise.all(after);
    expect(server.spans.map(({ name, attributes }) => [name, attributes['spanwright.outcome']])).to.deep.equal([
      ['first', undefined],
      ['another invocation', undefined],
      ['second', undefined],
    ]);
    await tracing.shutdown();
    await server.stop();
  });
});
