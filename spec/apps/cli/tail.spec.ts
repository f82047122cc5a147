import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import { expect } from 'chai';

import type { ExportManifest } from '#lib/audit/read/export-ledger.js';
import type { TailEntry } from '#lib/audit/read/tail.js';

import { RecordedLedger } from './recorded-ledger.js';
import { inShell, spanwright, startSpanwright } from './spanwright.js';

function linesOf(out: string): string[] {
  return out.split('\n').slice(0, -1);
}

describe('spanwright audit', function streams() {
  this.timeout(60_000);
  let ledger: RecordedLedger;
  let running: ChildProcess | undefined;

  beforeEach(async () => {
    ledger = new RecordedLedger();
    await ledger.record();
  });

  afterEach(() => {
    running?.kill('SIGKILL');
    ledger.remove();
  });

  describe('tail', () => {
    it('prints the newest entries, a line each', () => {
      const { code, out, err } = spanwright('audit', 'tail', ledger.directory, '--lines', '4');
      const lines = [
        String.raw`\S+Z  \w{6}/6  outcome  parent  ok  \d+\.\d\d ms`,
        String.raw`\S+Z  \w{6}/7  intent   failing  Support\.failing  llm openai gpt-5`,
        String.raw`\S+Z  \w{6}/8  outcome  failing  error  TypeError  \d+\.\d\d ms`,
        String.raw`\S+Z  \w{6}/9  close`,
      ];
      expect(out).match(new RegExp(`^${lines.map((line) => `${line}\n`).join('')}$`));
      expect({ code, err }).deep.equal({ code: 0, err: '' });
    });

    it('prints those of all writers in the order of time', async () => {
      await ledger.record();
      const out = linesOf(spanwright('audit', 'tail', ledger.directory, '--lines', '15', '--json').out);
      const entries = out.map((line) => JSON.parse(line) as TailEntry);
      expect(entries.map(({ wseq }) => wseq)).deep.equal([5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect(new Set(entries.map(({ wid }) => wid)).size).equal(2);
    });

    it('prints twenty where it is not told, and none where none are wanted', async () => {
      await ledger.fill(200);
      expect(linesOf(spanwright('audit', 'tail', ledger.directory).out)).length(20);
      expect(spanwright('audit', 'tail', ledger.directory, '--lines', '0').out).equal('');
      expect(spanwright('audit', 'tail', ledger.directory, '--lines', 'x').code).equal(64);
    });

    it('goes on with those that come, each once', async () => {
      const child = startSpanwright('audit', 'tail', ledger.directory, '--follow', '--json', '--lines', '1');
      running = child;
      let out = '';
      child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
      await once(child.stdout ?? child, 'data');
      await ledger.record();
      while (linesOf(out).length < 11) await once(child.stdout ?? child, 'data');
      await ledger.fill(3);
      while (linesOf(out).length < 17) await once(child.stdout ?? child, 'data');
      const places = linesOf(out).map((line) => {
        const { wid, wseq } = JSON.parse(line) as TailEntry;
        return `${wid} ${wseq}`;
      });
      expect(new Set(places).size).equal(places.length);
      expect(places).length(17);
    });
  });

  describe('export', () => {
    it('prints every entry, and at last how they are', () => {
      const { code, out } = spanwright('audit', 'export', ledger.directory);
      const lines = linesOf(out).map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(
        lines.slice(0, -1).every(({ hash, entry }) => typeof hash === 'string' && typeof entry === 'object'),
      ).equal(true);
      const { manifest } = lines.at(-1) as unknown as { manifest: ExportManifest };
      expect(manifest).include({ entries: 10, exitCode: 0, calls: 3 });
      expect(lines).length(11);
      expect(code).equal(0);
    });

    it('prints what calls sent and got where it is asked to', () => {
      const { out } = spanwright('audit', 'export', ledger.directory, '--payloads');
      expect(out.match(/^\{"payload":/gm)).length(5);
      expect(out).include(String.raw`"text":"{\"prompt\":\"what is child?\"}"`);
    });

    it('prints every entry of many into a pipe', async () => {
      await ledger.fill(5_000);
      const { code, out } = inShell(`spanwright audit export ${ledger.directory} | cat | wc -l`);
      expect(out.trim()).equal(String(10 + 5_003 + 1));
      expect(code).equal(0);
    });
  });

  describe('into a pipe whose reader goes away', () => {
    for (const command of [
      'export',
      'tail --json --lines 100000',
      'tail --lines 100000',
      'tail --follow --lines 100000',
    ]) {
      it(`ends without a word: ${command}`, async () => {
        await ledger.fill(5_000);
        const line = `spanwright audit ${command.replace(' ', ` ${ledger.directory} `)}`;
        const told = command.includes(' ') ? line : `${line} ${ledger.directory}`;
        const { code, out, err } = inShell(`${told} | head -n 1`);
        expect(linesOf(out)).length(1);
        expect({ code, err }).deep.equal({ code: 0, err: '' });
      });
    }

    it('keeps its verdict', async () => {
      const { code, err } = inShell(`spanwright audit verify ${ledger.directory}/nowhere | true`);
      expect({ code, err }).deep.equal({ code: 3, err: '' });
    });
  });
});
