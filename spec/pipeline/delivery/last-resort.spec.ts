import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { LastResort } from '#lib/pipeline/delivery/last-resort.js';
import { LeavingProgram } from '../leaving-program.js';
import { OtlpServer } from '../otlp-server.js';

describe('the last resort', function () {
  this.timeout(20_000);
  let folder: string;
  let path: string;

  const lines = (): string[] => readFileSync(path, 'utf8').trimEnd().split('\n');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'spanwright-last-resort-'));
    path = join(folder, 'lost.log');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('says the first loss, then the 10th, the 100th and so on, over all destinations', () => {
    const lastResort = new LastResort(path);
    for (let time = 1; time <= 1200; time++) lastResort.noteLoss(time % 2 === 0 ? 'one' : 'other', 'queue_full', 1);
    expect(lines().map((line) => /(\d+) spans? (?:is|are) lost so far/.exec(line)?.[1])).to.deep.equal([
      '1',
      '10',
      '100',
      '1000',
    ]);
    expect(lines()[0]).to.match(
      /^\d{4}-\d\d-\d\dT[\d:.]+Z spanwright: 1 span is lost so far, .*"other" \(queue_full\)$/,
    );
  });

  it('says a loss of many at once, and then the next power of ten', () => {
    const lastResort = new LastResort(path);
    for (const count of [512, 400, 87, 1]) lastResort.noteLoss('one', 'shutdown', count);
    expect(lines()).to.have.lengthOf(2);
    expect(lines()[0]).to.contain('512 spans are lost');
    expect(lines()[1]).to.contain('1000 spans are lost');
  });

  it('makes a file that its owner alone may read, and only when there is something to say', () => {
    const lastResort = new LastResort(path);
    expect(existsSync(path)).to.equal(false);
    lastResort.say('all destinations are down');
    expect(statSync(path).mode & 0o777).to.equal(0o600);
  });

  it('throws nothing where it cannot write', () => {
    const lastResort = new LastResort(join(folder, 'not', 'there'));
    lastResort.say('something');
    lastResort.noteLoss('one', 'refused', 1);
    expect(existsSync(join(folder, 'not'))).to.equal(false);
  });

  it('is standard error without a file, at once and once', async () => {
    const server = await new OtlpServer().start();
    server.status = 400;
    const program = new LeavingProgram(
      server.endpoint,
      'burst(1); await tracing.flush(); burst(8); await tracing.flush(); burst(3); await tracing.flush(); ready();',
    );
    const { code, errors } = await program.end();
    expect(code).to.equal(0);
    const said = errors.split('\n').filter((line) => line.includes('lost so far'));
    expect(said).to.have.lengthOf(2);
    expect(said[0]).to.equal('spanwright: 1 span is lost so far, the latest at destination "otlp" (refused)');
    await server.stop();
  });
});
