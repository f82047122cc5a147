import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { readJson } from '../../pipeline/otlp-json.js';
import { DECORATED, run } from './run.js';

const endings: Readonly<Record<string, readonly string[]>> = {
  ends: ['message ready', 'exit 0'],
  throws: ['error RangeError in the thread', 'exit 1'],
  rejects: ['error RangeError in the thread', 'exit 1'],
  exits: ['exit 4'],
  'is terminated': ['message ready', 'exit 1'],
  'is terminated while busy': ['message ready', 'exit 1'],
  'runs out of memory': ['error Error ERR_WORKER_OUT_OF_MEMORY', 'exit 1'],
};

describe('a worker thread', function () {
  this.timeout(30_000);

  for (const [scenario, lines] of Object.entries(endings)) {
    it(`that ${scenario} does so as without decorators`, async () => {
      const how = { program: fileURLToPath(new URL('thread.js', import.meta.url)), args: [scenario] };
      const plain = await run('plain', 'ends', how);
      const stdout = `${lines.join('\n')} and the main thread goes on\n`;
      expect({ ...plain, stderr: '' }).deep.equal({ code: 0, signal: null, stdout, stderr: '' });
      // What V8 prints when it runs out of memory is of that run.
      const { stderr } = plain;
      for (const kind of DECORATED) {
        const traced = await run(kind, 'ends', how);
        expect(scenario.includes('memory') ? { ...traced, stderr } : traced, kind).deep.equal(plain);
      }
    });
  }

  it('delivers its spans when it ends by itself', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'threads-'));
    try {
      const file = join(folder, 'spans.jsonl');
      const how = {
        program: fileURLToPath(new URL('thread.js', import.meta.url)),
        args: ['ends'],
        env: { SPANS: file },
      };
      expect((await run('traced', 'ends', how)).code).equal(0);
      const spans = readFileSync(file, 'utf8').trim().split('\n').flatMap(readJson);
      expect(spans.map(({ name }) => name)).deep.equal(['workflow now', 'later']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
