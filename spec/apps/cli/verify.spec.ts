import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from 'chai';

import type { VerifyReport } from '#lib/audit/read/verify-report.js';

import { RecordedLedger } from './recorded-ledger.js';
import { spanwright } from './spanwright.js';

describe('spanwright audit verify', function verify() {
  this.timeout(60_000);
  let ledger: RecordedLedger;

  beforeEach(async () => {
    ledger = new RecordedLedger();
    await ledger.record();
  });

  afterEach(() => {
    ledger.remove();
  });

  function check(...flags: string[]): { code: number | null; report: VerifyReport } {
    const { code, out } = spanwright('audit', 'verify', ledger.directory, '--json', ...flags);
    return { code, report: JSON.parse(out) as VerifyReport };
  }

  it('ends with 0 where all is as it was written', () => {
    const { code, report } = check('--payloads');
    expect(report).include({ status: 'intact', exitCode: 0, calls: 3, payloads: 5 });
    expect(code).equal(0);
  });

  it('says it in a few lines', () => {
    const { code, out, err } = spanwright('audit', 'verify', ledger.directory);
    expect(out).match(/^verdict {3}intact\nwriters {3}1\nentries {3}10\ncalls {5}3\npayloads {2}5\n/);
    expect({ code, err }).deep.equal({ code: 0, err: '' });
  });

  it('ends with 1 and names the first entry that was tampered with', () => {
    const bytes = readFileSync(ledger.segment());
    const at = bytes.indexOf('"gpt-5"');
    bytes.write('"gpt-6"', at);
    writeFileSync(ledger.segment(), bytes);
    const { code, report } = check();
    expect(report.firstBroken?.wseq).equal(3);
    expect(code).equal(1);
    const { code: same, out } = spanwright('audit', 'verify', ledger.directory);
    expect(out).match(/^verdict {7}TAMPERED$/m);
    expect(out).match(/^first broken {2}entry 3 of [0-9A-Z]{26}, segments\/\S+\.seg at byte \d+$/m);
    expect(same).equal(1);
  });

  it('ends with 1 where a payload has other bytes, if it is asked to look', () => {
    const [payload = ''] = ledger.payloads();
    const bytes = readFileSync(payload);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
    writeFileSync(payload, bytes);
    expect(check().code).equal(0);
    expect(check('--payloads').code).equal(1);
  });

  it('ends with 2 where something is missing', () => {
    rmSync(ledger.payloads()[0] ?? '');
    const { code, report } = check('--payloads');
    expect(report.status).equal('incomplete');
    expect(code).equal(2);
    expect(spanwright('audit', 'verify', ledger.directory, '--payloads').out).match(
      /^verdict {3}intact but incomplete$[^]*\n {2}incomplete {2}payload_missing {2}entry \d of /m,
    );
  });

  it('counts problems that it does not print', async () => {
    await ledger.record();
    for (const payload of ledger.payloads()) rmSync(payload);
    const { out } = spanwright('audit', 'verify', ledger.directory, '--payloads');
    expect(out.match(/payload_missing/g)).length(10);
    await ledger.record();
    for (const payload of ledger.payloads()) rmSync(payload);
    expect(spanwright('audit', 'verify', ledger.directory, '--payloads').out).match(/\n {2}and 5 more\n$/);
  });

  it('ends with 3 where there is no ledger', () => {
    rmSync(join(ledger.directory, 'ledger.json'));
    expect(check()).nested.include({ code: 3, 'report.status': 'unreadable' });
    expect(spanwright('audit', 'verify', join(ledger.around, 'nowhere')).code).equal(3);
  });

  it('ends with 4 where the anchor is missing', () => {
    expect(check('--anchor', join(ledger.around, 'anchor'))).nested.include({
      code: 4,
      'report.status': 'anchor_missing',
    });
    expect(check('--anchor', join(ledger.directory, 'ledger.json')).code).equal(0);
  });
});
