import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';

const CALLS = '100000';
const LIMIT = 0.02;
const PROGRAM = fileURLToPath(new URL('program.js', import.meta.url));

describe(`The heap after ${CALLS} calls of a kind`, () => {
  it('is back within 2 %, abandoned results included', async function comesBack() {
    this.timeout(300_000);
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', PROGRAM, CALLS]);
    const { growth, live } = JSON.parse(stdout) as { growth: Record<string, number>; live: number };

    expect(live).to.equal(0);
    const leaking = Object.entries(growth).filter(([, share]) => share > LIMIT);
    expect(leaking, JSON.stringify(growth)).to.deep.equal([]);
  });
});
