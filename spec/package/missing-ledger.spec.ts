import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { expect } from 'chai';

const PROGRAM = `
  import { AuditedCall, configureTracing, getTracing } from './index.js';
  const codeOf = async (work) => { try { return await work(); } catch ({ code }) { return code; } };
  const opened = await codeOf(() => configureTracing({ audit: { directory: './audit' } }));
  const called = await codeOf(AuditedCall.wrap('call', async () => 'made'));
  console.log(JSON.stringify({ opened, called, audit: getTracing().status().audit }));
`;

describe('a bundle without the file of the ledger', function missing() {
  this.timeout(30_000);
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'spanwright-ledger-'));
    cpSync('dist/bundle', folder, { recursive: true });
    rmSync(join(folder, 'audit.cjs'));
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(folder, 'program.js'), PROGRAM);
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  it('opens no ledger, and makes no audited call', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'program.js')], { cwd: folder });
    expect(JSON.parse(stdout)).to.deep.equal({
      opened: 'AUDIT_PARTS_MISSING',
      called: 'AUDIT_NOT_CONFIGURED',
      audit: 'none',
    });
  });
});

describe('what keeps ledgers', () => {
  const read = (file: string): string => readFileSync(join('dist/bundle', file), 'utf8');
  const imported = (file: string): string[] =>
    [...read(file).matchAll(/(?:\bfrom ?|\brequire\()"([^"]+)"/g)].map(({ 1: name = '' }) => name);

  for (const file of ['audit.js', 'audit.cjs']) {
    it(`imports nothing but Node in ${file}`, () => {
      expect(imported(file)).to.include('node:fs');
      expect(imported(file).filter((name) => !name.startsWith('node:'))).to.deep.equal([]);
    });
  }

  it('is not loaded with the root, nor with what is for tests', () => {
    const magic = 'SPWSEG01';
    expect(read('audit.cjs')).to.contain(magic);
    for (const file of ['index.js', 'shared.js', 'testing.js']) expect(read(file), file).to.not.contain(magic);
  });
});
