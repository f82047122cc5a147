import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createContext, runInContext } from 'node:vm';
import { expect } from 'chai';
import { Consumer } from '../consumers/consumer.js';
import { PASSED_THROUGH } from './facts.js';

/** Conditions as the tools set them, each beside what esbuild sets by itself. */
const PLATFORMS: Readonly<Record<string, readonly [platform: string, conditions?: string]>> = {
  'a browser': ['browser'],
  'a browser, without the module builds': ['browser', 'development'],
  'the edge of Next.js': ['neutral', 'edge-light,worker'],
  'a runtime that says edge-light alone': ['neutral', 'edge-light'],
  'Cloudflare workers': ['neutral', 'workerd,worker,browser'],
  'a runtime that says worker alone': ['neutral', 'worker'],
};

describe('a bundle for browsers and edge runtimes', function () {
  this.timeout(300_000);
  let consumer: Consumer;

  before(() => {
    consumer = new Consumer('edge');
  });
  after(() => consumer.remove());

  function bundle(...args: readonly string[]): string {
    const { status, output } = consumer.run(['bundle.mjs', ...args]);
    expect(status, output).equal(0);
    return join(consumer.folder, args[1] ?? '');
  }

  function expectNoNode(text: string): void {
    expect(text).not.match(/\bnode:/);
    const named = builtinModules.filter((name) =>
      new RegExp(`(?:from|require\\(|import\\() ?["']${name}["']`).test(text),
    );
    expect(named).deep.equal([]);
  }

  async function runAlone(file: string): Promise<unknown> {
    // Nothing but the language: no process, Buffer, require, console, timers or fetch.
    const context = createContext({}, { codeGeneration: { strings: false, wasm: false } }) as {
      facts?: Promise<unknown>;
    };
    runInContext(readFileSync(file, 'utf8'), context, { filename: file });
    return JSON.parse(JSON.stringify(await context.facts)) as unknown;
  }

  for (const [place, [platform, conditions]] of Object.entries(PLATFORMS)) {
    for (const mode of ['legacy', 'standard']) {
      it(`runs in ${place}, with ${mode} decorators`, async () => {
        const more = conditions === undefined ? [] : [conditions];
        const file = bundle('page.ts', 'out/page.js', 'iife', mode, platform, ...more);
        expectNoNode(readFileSync(file, 'utf8'));
        expect(await runAlone(file)).deep.equal(PASSED_THROUGH);
      });
    }
  }

  it('cannot be made of what Node gets', () => {
    const { status, output } = consumer.run([
      'bundle.mjs',
      'page.ts',
      'out/node.js',
      'iife',
      'legacy',
      'neutral',
      'import',
    ]);
    expect(status).equal(1);
    expect(output).match(/Could not resolve "node:util"/);
  });

  it('is small', async () => {
    const file = bundle('page.ts', 'out/page.js', 'iife', 'legacy', 'browser');
    expect(readFileSync(file, 'utf8').length).below(50_000);
    expect(await runAlone(file)).deep.equal(PASSED_THROUGH);
  });

  it('comes from Vite', async () => {
    const { status, output } = consumer.run(['vite.mjs']);
    expect(status, output).equal(0);
    const file = join(consumer.folder, 'out/vite/page.js');
    expectNoNode(readFileSync(file, 'utf8'));
    expect(await runAlone(file)).deep.equal(PASSED_THROUGH);
  });

  it("runs in Vercel's edge runtime", () => {
    bundle('page.ts', 'out/page.js', 'iife', 'standard', 'neutral', 'edge-light,worker');
    const { status, output } = consumer.run(['edge-vm.mjs', 'out/page.js']);
    expect(status, output).equal(0);
    expect(JSON.parse(output)).deep.equal(PASSED_THROUGH);
  });

  for (const mode of ['legacy', 'standard']) {
    it(`runs in Cloudflare's workerd, with ${mode} decorators`, async () => {
      bundle('worker.ts', 'out/worker.js', 'esm', mode, 'neutral', 'workerd,worker,browser');
      const workerd = spawn(consumer.bin('workerd/bin/workerd'), ['serve', 'worker.capnp', '--control-fd=1'], {
        cwd: consumer.folder,
        stdio: ['ignore', 'pipe', 'inherit'],
        // The program is started by a script that waits for it.
        detached: true,
      });
      const ended = once(workerd, 'exit');
      try {
        const lines = createInterface({ input: workerd.stdout });
        const [line] = (await Promise.race([once(lines, 'line'), ended.then(() => ['{}'])])) as [string];
        const { port } = JSON.parse(line) as { port?: number };
        expect(port).a('number');
        const response = await fetch(`http://127.0.0.1:${port}/`);
        expect(await response.json()).deep.equal(PASSED_THROUGH);
      } finally {
        if (workerd.pid !== undefined && workerd.exitCode === null) process.kill(-workerd.pid, 'SIGTERM');
        await ended;
      }
    });
  }
});
