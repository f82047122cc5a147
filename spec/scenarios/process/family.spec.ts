import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { readJson } from '../../pipeline/otlp-json.js';
import type { ArrivedSpan } from '../../pipeline/otlp-protobuf.js';
import { run } from './run.js';

describe('processes of one program', function () {
  this.timeout(30_000);
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'family-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function output(kind: string): Promise<string[]> {
    const program = fileURLToPath(new URL('family.js', import.meta.url));
    const how = { program, args: [kind], env: { SPANS: join(folder, 'spans') } };
    const { code, stdout, stderr } = await run('traced', 'ends', how);
    expect({ code, stderr }).deep.equal({ code: 0, stderr: '' });
    return stdout.trim().split('\n');
  }

  function spansOf(name: string): ArrivedSpan[] {
    const file = join(folder, `spans.${name}`);
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').flatMap(readJson) : [];
  }

  /** `child span < span of the parent process` for each span that names one of them as its parent. */
  function links(child: string): string[] {
    const parents = new Map(spansOf('parent').map((span) => [span.spanId, span]));
    return spansOf(child).map(({ name, traceId, parentSpanId }) => {
      const parent = parents.get(parentSpanId);
      expect(parent === undefined || parent.traceId === traceId).equal(true);
      return `${name} < ${parent?.name ?? '-'}`;
    });
  }

  it('continue one trace over a cluster, and end as they would', async () => {
    expect(await output('cluster')).deep.equal(['work done', 'leave done', '0 null', 'work done', 'null SIGKILL']);
    expect(spansOf('parent').map(({ name }) => name)).deep.equal(['dispatch', 'dispatch', 'dispatch']);
    expect(links('first')).deep.equal(['start < -', 'handle < dispatch', 'handle < dispatch']);
    // Killed: what was delivered until then is there and right.
    const delivered = links('second');
    expect(delivered).deep.equal(['start < -', 'handle < dispatch'].slice(0, delivered.length));
  });

  it('continue one trace over a fork, by the environment and by a message', async () => {
    expect(await output('fork')).deep.equal(['work done', 'leave done', '0 null', '3']);
    expect(spansOf('parent').map(({ name }) => name)).deep.equal(['fork', 'dispatch', 'dispatch', 'dispatch']);
    expect(links('forked')).deep.equal(['start < fork', 'handle < dispatch', 'handle < dispatch']);
    // It ended by process.exit(), which leaves no time to deliver.
    expect(links('other')).deep.equal([]);
  });
});
