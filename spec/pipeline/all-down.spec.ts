import { expect } from 'chai';
import { LeavingProgram } from './leaving-program.js';
import { OtlpServer } from './otlp-server.js';

describe('an outage of all destinations', () => {
  it('is said once on standard error, and its end once', async function () {
    this.timeout(30_000);
    const server = await new OtlpServer().start();
    server.script = () => (server.attempts <= 2 ? { status: 500 } : undefined);
    const program = new LeavingProgram(
      server.endpoint,
      `const destinations = ['one', 'two'].map((name) => ({
         provider: 'otlp', name, endpoint: ${JSON.stringify(server.endpoint)}, breaker: { failures: 1, openMs: 300 } }));
       const both = configureTracing({ destinations });
       burst(10); await both.flush(); await delay(1000); await both.shutdown();`,
    );
    const { code, errors } = await program.end();
    await server.stop();
    expect({ code, down: errors.split('all destinations down').length - 1 }).to.deep.equal({ code: 0, down: 1 });
    expect(errors.split('recovered: destinations take spans again'), errors).to.have.lengthOf(2);
    expect(server.spans).to.have.lengthOf(20);
  });
});
