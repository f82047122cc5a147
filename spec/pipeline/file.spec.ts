import { appendFileSync, chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Tracing } from 'spanwright';
import { configureTracing, Traced } from 'spanwright';
import { CollectedWarnings } from '../collected-warnings.js';
import { expectBalanced } from './accounts.js';
import { readJson } from './otlp-json.js';
import type { ArrivedSpan } from './otlp-protobuf.js';

const work = Traced.wrap({ name: 'work', attributes: (text) => ({ text }), args: true }, (text: string) => text.length);

describe('the file destination', () => {
  let folder: string;
  let path: string;
  let tracing: Tracing | undefined;
  let warnings: CollectedWarnings;

  function configure(options: { path?: string; content?: 'none' } = {}): Tracing {
    tracing = configureTracing({
      serviceName: 'files',
      logger: warnings.logger,
      destinations: [{ provider: 'file', path, ...options }],
    });
    return tracing;
  }

  const lines = (): string[] => readFileSync(path, 'utf8').split('\n').slice(0, -1);
  const spans = (): ArrivedSpan[] => lines().flatMap(readJson);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'spanwright-file-'));
    path = join(folder, 'trace.jsonl');
    warnings = new CollectedWarnings();
  });
  afterEach(async () => {
    await tracing?.shutdown();
    rmSync(folder, { recursive: true });
    warnings.stop();
  });

  it('appends one OTLP request a line, readable by its owner alone', async () => {
    configure();
    work('one\nline \u2028 ünï😀');
    await tracing?.flush();
    work('two');
    await tracing?.flush();
    expect(lines()).to.have.lengthOf(2);
    expect(readFileSync(path, 'utf8').endsWith('\n')).to.equal(true);
    expect(spans().map(({ name, attributes }) => [name, attributes['text']])).to.deep.equal([
      ['work', 'one\nline \u2028 ünï😀'],
      ['work', 'two'],
    ]);
    expect(spans()[0]?.resource).to.include({ 'service.name': 'files' });
    expect(statSync(path).mode & 0o777).to.equal(0o600);
  });

  it('holds redacted content, and another tier when it is told to', async () => {
    configure();
    work('ask anna.kowalska@example.com');
    await tracing?.flush();
    expect(spans()[0]?.attributes).to.include({ 'spanwright.arguments': '["ask [REDACTED]"]' });
    configure({ content: 'none' });
    work('secret');
    await tracing?.flush();
    expect(spans()[1]?.attributes).to.not.have.property('spanwright.arguments');
  });

  it('is not made before there is a span', async () => {
    await configure().shutdown();
    expect(() => statSync(path)).to.throw('ENOENT');
  });

  it('goes on behind what a file holds already', async () => {
    writeFileSync(path, '{"resourceSpans":[]}\n');
    await configureAndWork();
    await configureAndWork();
    expect(lines()).to.have.lengthOf(3);
    expect(spans()).to.have.lengthOf(2);
  });

  async function configureAndWork(): Promise<void> {
    configure();
    work('again');
    await tracing?.shutdown();
  }

  it('delivers many batches in order, each line whole', async () => {
    configure();
    for (let n = 0; n < 3000; n++) work(`${n}`);
    expect(await tracing?.shutdown()).to.deep.equal({
      complete: true,
      destinations: { file: { delivered: 3000, undelivered: 0 } },
    });
    expect(spans().map(({ attributes }) => attributes['text'])).to.deep.equal(
      Array.from({ length: 3000 }, (_, n) => `${n}`),
    );
    expect(lines().length).to.be.within(6, 3000);
  });

  it('keeps what cannot be written, says it once, and recovers', async () => {
    const missing = join(folder, 'not', 'there');
    configure({ path: join(missing, 'trace.jsonl') });
    for (let round = 0; round < 2; round++) {
      work('late');
      expect(await tracing?.flush()).to.have.property('complete', false);
    }
    const health = tracing?.health().destinations['file'];
    expectBalanced(health);
    expect(health).to.deep.include({ accepted: 2, queued: 2, dropped: {} });
    expect(health?.lastError).to.contain('ENOENT');
    expect(warnings.codes().slice(0, 1)).to.deep.equal(['EXPORT_FAILED']);
    const { mkdirSync } = await import('node:fs');
    mkdirSync(missing, { recursive: true });
    work('kept');
    await tracing?.shutdown();
    expect(warnings.codes()).to.include.members(['EXPORT_FAILED', 'EXPORT_RECOVERED']);
    path = join(missing, 'trace.jsonl');
    expect(spans()).to.have.lengthOf(3);
  });

  it('leaves the mode of a file that was there before', async () => {
    appendFileSync(path, '');
    chmodSync(path, 0o640);
    await configureAndWork();
    expect(statSync(path).mode & 0o777).to.equal(0o640);
  });
});
