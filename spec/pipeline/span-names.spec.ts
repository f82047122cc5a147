import { spawnSync } from 'node:child_process';

import { expect } from 'chai';

// A process of its own: the names of all other specs count as well.
function warningsFor(count: number, extra = ''): string[] {
  const program = `
    import { configureTracing, createTracing, Traced } from 'spanwright';
    const said = [];
    const logger = { warn: ({ code, message }) => said.push(code + ' ' + message) };
    const tracing = configureTracing({ destinations: [{ provider: 'memory' }], logger });
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < ${count}; i++) Traced.run('read ticket ' + i, () => {});
    }
    ${extra}
    await tracing.shutdown();
    console.log(JSON.stringify(said));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  if (stderr !== '') throw new Error(stderr);
  return JSON.parse(stdout) as string[];
}

describe('span names', () => {
  it('may be a thousand', () => {
    expect(warningsFor(1000)).deep.equal([]);
  });

  for (const count of [1001, 5000]) {
    it(`are said once when they are more, with an example: ${count}`, () => {
      const warnings = warningsFor(count);
      expect(warnings).length(1);
      expect(warnings[0]).match(/^SPAN_NAMES .*more than 1000 distinct span names, the last one "read ticket 1000"/);
    });
  }

  it('count in whichever pipeline they arrive, and a long example is cut', () => {
    const scoped = `
      const scope = createTracing({ destinations: [{ provider: 'memory' }], exclusive: true }).start();
      Traced.run({ name: 'x'.repeat(500), tracing: scope }, () => {});
      await scope.close();`;
    const [warning = ''] = warningsFor(1000, scoped);
    expect(warning).match(/"x{80}"/);
  });
});
