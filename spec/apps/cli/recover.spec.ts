import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect } from 'chai';

import { RecordedLedger } from './recorded-ledger.js';
import { spanwright } from './spanwright.js';

const WRITER = fileURLToPath(new URL('dying-writer.js', import.meta.url));

describe('spanwright audit recover', function recover() {
  this.timeout(60_000);
  let ledger: RecordedLedger;
  let writer: ChildProcess | undefined;

  beforeEach(() => {
    ledger = new RecordedLedger();
  });

  afterEach(() => {
    writer?.kill('SIGKILL');
    ledger.remove();
  });

  async function begin(): Promise<ChildProcess> {
    const child = spawn(process.execPath, [WRITER, ledger.directory], { stdio: ['ignore', 'pipe', 'inherit'] });
    writer = child;
    await once(child.stdout, 'data');
    return child;
  }

  function verdict(): number | null {
    return spanwright('audit', 'verify', ledger.directory).code;
  }

  it('gives the calls of a process that was killed their outcome', async () => {
    const child = await begin();
    expect(verdict()).equal(0);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(verdict()).equal(2);
    expect(spanwright('audit', 'doctor', ledger.directory).out).match(
      /^warn {2}writers .* 0 alive, 1 gone without closing$/m,
    );
    const { code, out } = spanwright('audit', 'recover', ledger.directory);
    expect(out).match(
      /^writers {2}1 that were gone\ncalls {4}1 got the outcome unknown\nbytes {4}\d+ after last entries are none\n$/,
    );
    expect(code).equal(0);
    const report = JSON.parse(spanwright('audit', 'verify', ledger.directory, '--json').out) as Record<string, unknown>;
    expect(report).include({ status: 'incomplete', dangling: 0, unknown: 1 });
    expect(spanwright('audit', 'recover', ledger.directory).out).equal('Nothing to recover.\n');
  });

  it('leaves a process alone that lives', async () => {
    await begin();
    expect(JSON.parse(spanwright('audit', 'recover', ledger.directory, '--json').out)).include({
      writers: 0,
      unknown: 0,
    });
    expect(spanwright('audit', 'doctor', ledger.directory).out).match(/^ok +writers .* 1 alive, 0 gone/m);
  });

  it('makes no ledger where there is none', () => {
    const directory = join(ledger.around, 'nowhere');
    const { code, out, err } = spanwright('audit', 'recover', directory, '--json');
    expect(JSON.parse(out)).nested.include({ 'error.code': 'AUDIT_LEDGER_UNREADABLE' });
    expect(err).match(/^spanwright: \[AUDIT_LEDGER_UNREADABLE\] no ledger is recovered: .*\n.*\n$/);
    expect(code).equal(3);
    expect(existsSync(directory)).equal(false);
  });
});
