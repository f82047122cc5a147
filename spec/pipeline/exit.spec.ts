import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { OtlpServer } from './otlp-server.js';

/** Runs a program that sends to a server, as an application would: in a process of its own. */
async function run(code: string, server: OtlpServer): Promise<{ status: unknown; output: string }> {
  const setup = `
    import { configureTracing, Traced } from 'spanwright';
    const destinations = [{ provider: 'otlp', endpoint: ${JSON.stringify(server.endpoint)} }];
    const configure = (options = {}) => configureTracing({ serviceName: 'app', destinations, ...options });`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', `${setup}\n${code}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output, exit] = await Promise.all([text(child.stdout), once(child, 'exit') as Promise<unknown[]>]);
  return { status: exit[0], output };
}

describe('the end of a program', function () {
  this.timeout(20_000);
  let server: OtlpServer;

  beforeEach(async () => {
    server = await new OtlpServer().start();
  });
  afterEach(() => server.stop());

  it('delivers what waits, without a shutdown', async () => {
    const { status } = await run("configure(); for (let n = 0; n < 3000; n++) Traced.run('work', () => n);", server);
    expect(status).to.equal(0);
    expect(server.spans).to.have.lengthOf(3000);
  });

  it('delivers open calls as abandoned, with a shutdown', async () => {
    const { status } = await run(
      "const tracing = configure(); void Traced.run('open', () => new Promise(() => {})); await tracing.shutdown();",
      server,
    );
    expect(status).to.equal(0);
    expect(server.spans.map(({ name, attributes }) => [name, attributes['spanwright.outcome']])).to.deep.equal([
      ['open', 'abandoned'],
    ]);
  });

  it('is not held off by a tracing that is left running', async () => {
    const start = performance.now();
    const { status } = await run("configure(); await Traced.run('work', async () => {}); await 0;", server);
    expect(status).to.equal(0);
    expect(performance.now() - start).to.be.below(5000);
    expect(server.spans).to.have.lengthOf(1);
  });

  it('keeps the exit code', async () => {
    const { status } = await run("configure(); Traced.run('work', () => {}); process.exitCode = 7;", server);
    expect(status).to.equal(7);
    expect(server.spans).to.have.lengthOf(1);
  });

  it('prints unfinished traces to the console', async () => {
    const { output } = await run(
      `configure({ destinations: [{ provider: 'console' }] });
       void Traced.run('open', async () => { Traced.run('below', () => 1); await new Promise(() => {}); });`,
      server,
    );
    expect(output).to.match(/^below \(.* ms\)\n$/);
  });
});
