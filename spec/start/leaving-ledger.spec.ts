import { expect } from 'chai';
import { verify } from 'spanwright/audit';

import type { Ended } from '../scenarios/run-program.js';
import { runProgram } from '../scenarios/run-program.js';
import { LedgerFolders } from './ledger-folders.js';

const SETUP = `
  import { setTimeout as delay } from 'node:timers/promises';
  import { AuditedCall, configureTracing } from 'spanwright';
  const tracing = configureTracing({ audit: { directory: process.env.LEDGER } });
  const quick = AuditedCall.wrap('quick', async () => 1);
  const stuck = AuditedCall.wrap('stuck', () => new Promise(() => {}));
  await Promise.all(Array.from({ length: 10 }, () => quick()));
`;

// A hundred calls whose intent is durable and which never come back.
const STUCK = `
  for (let n = 0; n < 100; n++) void stuck();
  while (tracing.ledger.health().inFlight < 100) await delay(5);
`;

describe('a process that leaves with a ledger', function () {
  this.timeout(30_000);
  const folders = new LedgerFolders();
  after(() => folders.remove());
  let directory: string;
  beforeEach(() => {
    directory = folders.next();
  });

  const run = (code: string): Promise<Ended> =>
    runProgram('.', ['--input-type=module', '--eval', `${SETUP}\n${code}`], { env: { LEDGER: directory } });

  for (const [end, code, status] of [
    ['with nothing left to do', '', 0],
    ['by process.exit', 'process.exit(3);', 3],
    ['by an uncaught exception', 'setImmediate(() => { throw new TypeError("of the user"); });', 1],
    ['by SIGTERM', 'process.kill(process.pid, "SIGTERM"); await delay(10_000);', null],
    ['by SIGINT', 'process.kill(process.pid, "SIGINT"); await delay(10_000);', null],
  ] as const) {
    it(`${end} closes it, and keeps its exit code`, async () => {
      expect((await run(code)).status).equal(status);
      expect(await verify(directory)).include({ exitCode: 0, calls: 10, dangling: 0 });
    });
  }

  for (const [end, code, status] of [
    ['by process.exit', 'process.exit(3);', 3],
    ['with nothing left to do', '', 0],
    ['by an uncaught exception', 'setImmediate(() => { throw new TypeError("of the user"); });', 1],
    ['by SIGKILL', 'process.kill(process.pid, "SIGKILL");', null],
  ] as const) {
    it(`${end} with calls in flight leaves it to the next start, which finds each of them`, async () => {
      expect((await run(STUCK + code)).status).equal(status);
      expect(await verify(directory)).include({ exitCode: 2, calls: 110, dangling: 100 });
      expect((await run('console.log((await tracing.ledger.recover()).writers);')).status).equal(0);
      expect(await verify(directory)).include({ exitCode: 2, calls: 120, dangling: 0, unknown: 100 });
    });
  }

  it('by SIGTERM waits for calls that end within two seconds', async () => {
    const slow = "const slow = AuditedCall.wrap('slow', () => delay(300)); void slow(); void slow();";
    const wait = 'while (tracing.ledger.health().inFlight < 2) await delay(5);';
    const { status, errors } = await run(`${slow} ${wait} process.kill(process.pid, 'SIGTERM'); await delay(10_000);`);
    expect([status, errors]).deep.equal([null, '']);
    expect(await verify(directory)).include({ calls: 12, dangling: 0, unknown: 0, exitCode: 0 });
  });

  it('by SIGTERM with calls that do not end leaves it to the next start', async () => {
    const { status } = await run(`${STUCK} process.kill(process.pid, 'SIGTERM'); await delay(10_000);`);
    expect(status).equal(null);
    await run('await tracing.ledger.recover();');
    expect(await verify(directory)).include({ calls: 120, dangling: 0, unknown: 100 });
  });

  it('by a shutdown whose deadline comes before its calls end leaves those to the next start', async () => {
    await run(`${STUCK} await tracing.shutdown(100);`);
    await run('await tracing.ledger.recover();');
    expect(await verify(directory)).include({ calls: 120, dangling: 0, unknown: 100 });
  });

  it('takes calls of a listener for the end of the loop', async () => {
    const late = "process.once('beforeExit', async () => { await delay(50); console.log(await quick()); });";
    const { status, output } = await run(late);
    expect([status, output]).deep.equal([0, '1\n']);
    expect(await verify(directory)).include({ exitCode: 0, calls: 11 });
  });

  it('is not held by a call on a ledger that another configuration took over from', async () => {
    const { status } = await run(
      `${STUCK} configureTracing({ audit: { directory: process.env.LEDGER } }); await quick();`,
    );
    expect(status).equal(0);
    expect(await verify(directory)).include({ calls: 111, dangling: 100 });
  });
});
