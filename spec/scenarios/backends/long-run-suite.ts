import type { ChildProcessByStdio } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

import { expect } from 'chai';

import type { RunningBackends } from './running-backends.js';

const PROGRAM = fileURLToPath(new URL('send-long.js', import.meta.url));
const NAMES = ['phoenix', 'mlflow', 'collector', 'jaeger'] as const;
const LIMIT_MS = 180_000;

type Child = ChildProcessByStdio<Writable, Readable, null>;

function start(running: RunningBackends): Child {
  const args = [PROGRAM, JSON.stringify(running.addresses())];
  return spawn(process.execPath, args, {
    cwd: running.folder,
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: LIMIT_MS,
  });
}

/** The specs of a workflow that announces its start: it is there before it ends, and as one tree afterwards. */
export function describeLongRun(running: () => RunningBackends): void {
  let child: Child;
  let traceId = '';

  before(async () => {
    child = start(running());
    [traceId] = (await once(createInterface(child.stdout), 'line')) as [string];
  });
  after(() => child.kill());

  const present = (): Array<(typeof NAMES)[number]> => NAMES.filter((name) => !running().skipped.has(name));

  it('is shown while it runs', async () => {
    const traces = await Promise.all(present().map((name) => running().read(name, traceId, 1)));
    expect(child.exitCode).to.equal(null);
    for (const [index, { spans }] of traces.entries()) {
      expect(
        spans.map(({ name }) => name),
        present()[index],
      ).to.deep.equal(['workflow desk_night started']);
    }
  });

  it('is one tree when it has ended', async () => {
    child.stdin.end('\n');
    await once(child, 'close');
    const traces = await Promise.all(present().map((name) => running().read(name, traceId, 2)));
    for (const [index, { spans }] of traces.entries()) {
      const workflow = spans.find(({ name }) => name === 'workflow desk_night');
      const lines = spans.map(({ name, parentSpanId }) => `${name} below ${parentSpanId}`).sort();
      expect(lines, present()[index]).to.deep.equal([
        'workflow desk_night below ',
        `workflow desk_night started below ${workflow?.spanId}`,
      ]);
    }
  });
}
