import { spawnSync } from 'node:child_process';
import { expect } from 'chai';

/** What a program says whose global timers are not those of Node before or after the package loads. */
function run(before: string, after: string): { status: number | null; output: string } {
  const program = `
    ${before}
    const { configureTracing, Traced } = await import('spanwright');
    const tracing = configureTracing({ destinations: [{ provider: 'file', path: '/dev/null' }] });
    ${after}
    const answers = [];
    const slow = Traced.wrap('slow', () => new Promise((resolve) => queueMicrotask(() => resolve('answer'))));
    for (let count = 0; count < 600; count++) answers.push(slow());
    const distinct = new Set(await Promise.all(answers));
    const { destinations } = await tracing.flush();
    void Traced.run('open', () => new Promise(() => {}));
    const { complete } = await tracing.shutdown();
    console.log(JSON.stringify([[...distinct], destinations.file.delivered, complete]));`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

const good = { status: 0, output: '[["answer"],600,true]\n' };

describe('timers of somebody else', () => {
  it('keep nothing alive and break no call where they give numbers, as those of jsdom do', () => {
    const jsdom = `
      const { setTimeout: start, setInterval: repeat, clearTimeout: end } = globalThis;
      const timers = [];
      globalThis.setTimeout = (work, ms) => timers.push(start(work, ms));
      globalThis.setInterval = (work, ms) => timers.push(repeat(work, ms));
      globalThis.clearTimeout = globalThis.clearInterval = (id) => end(timers[id - 1]);
      delete globalThis.setImmediate;`;
    expect(run(jsdom, '')).deep.equal(good);
  });

  it('are not asked to clear a timer of ours', () => {
    const fake = `
      const refuse = (timer) => {
        if (typeof timer === 'object') console.log('asked to clear a timer of somebody else');
      };
      globalThis.setTimeout = () => 1;
      globalThis.clearTimeout = globalThis.clearInterval = refuse;`;
    expect(run('', fake)).deep.equal(good);
  });
});
