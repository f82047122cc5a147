import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { expect } from 'chai';

const KEY = 'sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCDEF';

const PROGRAM = `
  import { configureTracing, Traced, withContext } from './index.js';
  const tracing = configureTracing({ destinations: [{ provider: 'memory', content: 'full' }] });
  const result = withContext({ userId: 'ann@example.com' }, () =>
    Traced.wrap({ name: (text) => 'for ' + text, args: true }, (text) => text.length)('${KEY}'),
  );
  try {
    Traced.run('fails', () => { throw new Error('no ${KEY}'); });
  } catch {}
  const spans = tracing.finishedSpans();
  console.log(JSON.stringify({ result, spans, health: tracing.health() }));
`;

interface Printed {
  readonly result: number;
  readonly health: { readonly guarded: Record<string, number>; readonly destinations: Record<string, unknown> };
}

describe('a bundle without the file of the gate', function missing() {
  this.timeout(30_000);
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'spanwright-gate-'));
    cpSync('dist/bundle', folder, { recursive: true });
    rmSync(join(folder, 'privacy.cjs'));
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(folder, 'program.js'), PROGRAM);
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  it('lets nothing pass, says so, and leaves the calls alone', async () => {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [join(folder, 'program.js')]);
    const { result, health } = JSON.parse(stdout) as Printed;
    expect(result).to.equal(KEY.length);
    expect(stdout + stderr)
      .to.not.contain('sk-proj')
      .and.not.contain('ann@example.com');
    expect(health.guarded['PRIVACY']).to.be.above(0);
    expect(health.destinations['memory']).to.deep.include({ delivered: 0, dropped: { projection_failed: 2 } });
    expect(stderr).to.contain('[PRIVACY]');
  });
});
