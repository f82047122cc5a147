import { expect } from 'chai';
import { DECORATED, run } from './run.js';

describe('a signal', function () {
  this.timeout(20_000);

  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL', 'SIGUSR2', 'SIGQUIT'] as const) {
    it(`ends a program in the middle of a call: ${signal}`, async () => {
      const plain = await run('plain', 'waits for a signal', { signal });
      expect(plain).deep.equal({ code: null, signal, stdout: 'ready\n', stderr: '' });
      for (const kind of DECORATED) {
        expect(await run(kind, 'waits for a signal', { signal }), kind).deep.equal(plain);
      }
    });
  }

  it('that the program listens to is its own', async () => {
    const plain = await run('plain', 'listens to a signal', { signal: 'SIGTERM' });
    expect(plain).deep.equal({ code: 7, signal: null, stdout: 'ready\ngot SIGTERM\n', stderr: '' });
    for (const kind of DECORATED) {
      expect(await run(kind, 'listens to a signal', { signal: 'SIGTERM' }), kind).deep.equal(plain);
    }
  });
});
