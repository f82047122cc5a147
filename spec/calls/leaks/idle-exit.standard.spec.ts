import { spawnSync } from 'node:child_process';
import { expect } from 'chai';

const SETUP = `
  import { configureTracing, createTracing, Task, Traced, Workflow } from 'spanwright';
  process.once('exit', () => console.log('idle for', Math.round(performance.now() - end)));
  let end = 0;`;

interface Exit {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
  /** From the last statement to the end of the process. */
  readonly idleMs: number;
}

function run(code: string): Exit {
  const program = `${SETUP}\n${code}\nend = performance.now();`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  const idleMs = Number(/idle for (\d+)/.exec(stdout)?.[1]);
  return { status, output: stdout.replace(/idle for \d+\n/, ''), errors: stderr, idleMs };
}

const CONSOLE = "configureTracing({ destinations: [{ provider: 'console' }] });";

const PROGRAMS: Readonly<Record<string, string>> = {
  'nothing was called': CONSOLE,
  'all calls are finished': `${CONSOLE} Traced.run('sync', () => 1); await Traced.run('async', async () => 1);`,
  'a call waits for a promise that never settles': `${CONSOLE} void Traced.run('open', () => new Promise(() => {}));`,
  'a stream was never read': `${CONSOLE}
    globalThis.kept = [Traced.run('stream', () => new ReadableStream({})), Traced.run('items', function* () {})];`,
  'a tracing of its own runs': `${CONSOLE}
    const own = createTracing({ destinations: [{ provider: 'memory' }] }).start();
    Traced.run({ name: 'work', tracing: own }, () => 1);`,
  'the configuration was changed twice': `${CONSOLE} ${CONSOLE} ${CONSOLE} Traced.run('sync', () => 1);`,
  'a logger of the program failed': `
    configureTracing({ destinations: [{ provider: 'memory' }], logger: { warn: () => Promise.reject(new Error('down')) } });
    Traced.run({ name: 'work', attributes: () => { throw new Error('hook'); } }, () => 1);`,
};

describe('a process with nothing left to do', function () {
  this.timeout(60_000);

  for (const [name, code] of Object.entries(PROGRAMS)) {
    it(`exits at once without a shutdown when ${name}`, () => {
      const { status, errors, idleMs } = run(code);
      expect({ status, errors }).to.deep.equal({ status: 0, errors: '' });
      expect(idleMs).to.be.below(700);
    });
  }

  it('has printed the tree of its calls', () => {
    const { output } = run(`${CONSOLE}
      await Workflow.run({ name: 'flow' }, () => Task.run({ type: 'step' }, async () => Traced.run('leaf', () => 1)));`);
    const lines = output.split('\n').map((line) => line.replace(/ \(.*/, ''));
    expect(lines.map((line) => line.replace(/^[^a-z]+/, ''))).to.deep.equal(['workflow flow', 'task step', 'leaf', '']);
  });
});
