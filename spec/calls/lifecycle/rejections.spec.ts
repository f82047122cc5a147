import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { expect } from 'chai';

const program = fileURLToPath(new URL('fixtures/rejections.js', import.meta.url));

function runProgram(...args: string[]): { status: number | null; stdout: string; error: string | undefined } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  return { status, stdout, error: /^\w*Error: .*$/m.exec(stderr)?.[0] };
}

describe('A rejection that nobody handles', function () {
  this.timeout(30_000);

  it('is reported as without tracing, whatever result it comes from', () => {
    const plain = runProgram('plain');
    const traced = runProgram('traced');
    expect(plain.status).equal(0);
    const expected = JSON.parse(plain.stdout) as Record<string, string[]>;
    expect(expected['a floating promise']).deep.equal(['unhandledRejection RangeError: floating']);
    expect(expected['a promise that is caught too late']).length(2);
    expect(JSON.parse(traced.stdout)).deep.equal(expected);
  });

  it('ends a program as without tracing', () => {
    const plain = runProgram('plain', 'crash');
    expect(plain).deep.equal({ status: 1, stdout: '', error: 'RangeError: floating' });
    expect(runProgram('traced', 'crash')).deep.equal(plain);
  });
});
