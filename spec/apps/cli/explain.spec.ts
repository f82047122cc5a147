import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from 'chai';

import type { Explanation } from '#lib/audit/read/explanation.js';
import type { Lineage } from '#lib/audit/read/lineage.js';
import { inspectIndex } from '#lib/audit/stores/sqlite-index.js';

import { RecordedLedger, RUN, SPAN, TRACE } from './recorded-ledger.js';
import { spanwright, spanwrightAfter, startSpanwright } from './spanwright.js';

describe('spanwright audit', function look() {
  this.timeout(60_000);
  let ledger: RecordedLedger;
  let index: string;

  beforeEach(async () => {
    ledger = new RecordedLedger();
    index = join(ledger.directory, 'index.sqlite');
    await ledger.record();
  });

  afterEach(() => {
    ledger.remove();
  });

  function tamper(): void {
    const bytes = readFileSync(ledger.segment());
    bytes.write('"gpt-6"', bytes.indexOf('"gpt-5"'));
    writeFileSync(ledger.segment(), bytes);
  }

  describe('explain', () => {
    function explain(...words: string[]): { code: number | null; call: Explanation } {
      const { code, out } = spanwright('audit', 'explain', ledger.directory, '--json', ...words);
      return { code, call: JSON.parse(out) as Explanation };
    }

    it('prints a call from the digest of its request to its answer, with its trace', () => {
      const { code, out, err } = spanwright('audit', 'explain', ledger.directory, 'child');
      const lines = [
        String.raw`call +child\nrun +run-7\ninside +parent\nattempt 1 +ok\n  method +Support\.child\n  to +llm openai gpt-5\n`,
        String.raw`  trace +${TRACE}, span ${SPAN}, below 00f067aa0ba902b7\n`,
        String.raw`  request +hmac-sha256 [0-9a-f]{64}, 27 bytes of application/json, kept\n  intent +\S+Z, entry 4 of \S+, hash [0-9a-f]{64}\n`,
        String.raw`  response +hmac-sha256 [0-9a-f]{64}, \d+ bytes of application/json, kept\n  usage +12 tokens in, 34 out\n  took +\d+\.\d\d ms\n`,
        String.raw`  end +\S+Z, entry 5 of \S+, hash [0-9a-f]{64}\n  verified +yes\n`,
        String.raw`\nRequest\n\{\n  "prompt": "what is child\?"\n\}\n\nResponse\n\{\n  "answer": "a \\u\{202e\}child\\u001b\[31m"\n\}\n`,
      ];
      expect(out).match(new RegExp(`^${lines.join('')}$`));
      expect({ code, err }).deep.equal({ code: 0, err: '' });
    });

    it('says what failed, and what stands below', () => {
      expect(spanwright('audit', 'explain', ledger.directory, 'failing').out).match(
        /\n {2}failed +TypeError ECONNRESET\n/,
      );
      expect(spanwright('audit', 'explain', ledger.directory, 'parent').out).match(
        /\ncalls +child {2}Support\.child {2}llm\n/,
      );
    });

    it('ends with 66 where the ledger does not know the call', () => {
      const { code, out, err } = spanwright('audit', 'explain', ledger.directory, 'nobody');
      expect({ code, out, err }).deep.equal({
        code: 66,
        out: '',
        err: 'spanwright: the ledger knows no call nobody\n',
      });
      expect(explain('nobody')).nested.include({ code: 66, 'call.callId': 'nobody' });
    });

    it('ends with 1 where the chain was tampered with', () => {
      tamper();
      const { code, call } = explain('failing');
      expect(call.attempts.map(({ isVerified }) => isVerified)).deep.equal([false]);
      expect(code).equal(1);
      expect(spanwright('audit', 'explain', ledger.directory, 'failing').out).match(/\n {2}verified +NO\n/);
    });

    it('ends with 1 where a payload was changed, and with 2 where it is gone', () => {
      for (const payload of ledger.payloads()) writeFileSync(payload, 'something else');
      expect(explain('child')).nested.include({ code: 1, 'call.attempts[0].request.state': 'CORRUPT' });
      for (const payload of ledger.payloads()) rmSync(payload);
      expect(explain('child')).nested.include({ code: 2, 'call.attempts[0].request.state': 'MISSING' });
    });

    it('takes keys from where it is told', () => {
      expect(explain('child', '--keys', join(ledger.around, 'nowhere'))).nested.include({
        code: 0,
        'call.attempts[0].request.state': 'KEY_MISSING',
      });
      expect(explain('child', '--keys', ledger.keys)).nested.include({ 'call.attempts[0].request.state': 'AVAILABLE' });
    });

    it('finds the same in the index, and says that nothing is proved', () => {
      const { call: slow } = explain('parent');
      const { call: fast } = explain('parent', '--fast');
      expect(existsSync(index)).equal(true);
      const bare = ({ attempts, ...rest }: Explanation): unknown => ({
        ...rest,
        attempts: attempts.map(({ isVerified: _isVerified, ...attempt }) => attempt),
      });
      expect(bare(fast)).deep.equal(bare(slow));
      expect(spanwright('audit', 'explain', ledger.directory, 'parent', '--fast').out).match(
        /\n {2}verified +not looked at\n/,
      );
      expect(spanwright('audit', 'verify', ledger.directory).code).equal(0);
    });

    it('reads everything where the index does not know the call', async () => {
      explain('parent', '--fast');
      expect(explain('nobody', '--fast').code).equal(66);
      await ledger.record(async (more) => {
        const late = await more.begin({ id: 'late', op: { method: 'late' }, system: 'http' });
        await late.end({ status: 'ok' });
      });
      expect(explain('late', '--fast').call.attempts).length(1);
    });

    it('makes one index where many look something up at once', async () => {
      const children = Array.from({ length: 6 }, () =>
        startSpanwright('audit', 'explain', ledger.directory, 'parent', '--fast', '--json'),
      );
      const ends = await Promise.all(children.map((child) => once(child, 'exit')));
      expect(ends.map(([code]) => code as unknown)).deep.equal([0, 0, 0, 0, 0, 0]);
      expect(inspectIndex(ledger.directory)).equal('current');
    });

    it('does without SQLite', () => {
      const hook = join(ledger.around, 'no-sqlite.cjs');
      writeFileSync(
        hook,
        `const Module = require('node:module');
         const load = Module._load;
         Module._load = function (name) {
           if (/sqlite|libsql/.test(name)) throw new Error('no ' + name);
           return load.apply(this, arguments);
         };`,
      );
      const { code, out, err } = spanwrightAfter(hook, 'audit', 'explain', ledger.directory, 'child', '--fast');
      expect(err).equal('');
      expect(out).match(/\n {2}verified +yes\n/);
      expect(code).equal(0);
      expect(existsSync(index)).equal(false);
    });
  });

  describe('lineage', () => {
    const TREE = String.raw`├─ parent +Support\.parent +llm openai gpt-5 +ok +\d+\.\d\d ms\n│  └─ child +Support\.child +llm openai gpt-5 +ok +\d+\.\d\d ms\n└─ failing +Support\.failing +llm openai gpt-5 +error +\d+\.\d\d ms\n`;

    it('prints the calls of a run, each below the one around it', () => {
      const { code, out, err } = spanwright('audit', 'lineage', ledger.directory, RUN);
      expect(out).match(
        new RegExp(String.raw`^run +run-7\ncalls +3\nverified +yes\nnote +\S+Z  \{"by":"spec"\}\n${TREE}$`),
      );
      expect({ code, err }).deep.equal({ code: 0, err: '' });
    });

    it('prints the same out of the index', () => {
      const { code, out } = spanwright('audit', 'lineage', ledger.directory, RUN, '--fast');
      expect(out).match(new RegExp(String.raw`\nverified +not looked at\nnote .*\n${TREE}$`));
      expect(code).equal(0);
    });

    it('gives it as JSON', () => {
      const { roots } = JSON.parse(spanwright('audit', 'lineage', ledger.directory, RUN, '--json').out) as Lineage;
      expect(roots.map(({ callId, children }) => [callId, children.length])).deep.equal([
        ['parent', 1],
        ['failing', 0],
      ]);
    });

    it('ends with 1 where a chain was tampered with, with 66 where the run is not known', () => {
      expect(spanwright('audit', 'lineage', ledger.directory, 'nobody').code).equal(66);
      tamper();
      expect(spanwright('audit', 'lineage', ledger.directory, RUN).code).equal(1);
    });
  });
});
