// A copy of what the specs of spec/audit run on, in which built code can be changed; on the disk of the repository, because a
// ledger refuses memory.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const SPECS = '.test-out/standard/spec/audit';
// Whole processes and many calls: too long for each change, and what they see others see first.
const SLOW = /crash\/(?!failing)|tampered|disk-full/;
const COPIED = ['package.json', 'dist', '.test-out/standard', 'spec/audit'];
// Generous: a busy machine must not look like a defect that was noticed.
const LEAST_LIMIT_MS = 20_000;
const TIMES = 6;
const SHORT_MS = 4000;
const TOGETHER_MOST = 12;

/** The specs of spec/audit that run on every change. */
export function specsOfAudit() {
  return readdirSync(SPECS, { recursive: true })
    .filter((name) => name.endsWith('.spec.js') && !name.endsWith('.full.spec.js') && !SLOW.test(name))
    .map((name) => join(SPECS, name))
    .toSorted();
}

/** A copy in which specs run, one file at a time, against changed code. */
export class AuditCopy {
  #root;
  #group;

  constructor(name) {
    this.#root = resolve('.test-out', `mutants-audit-${name}`);
    rmSync(this.#root, { recursive: true, force: true });
    mkdirSync(this.#root, { recursive: true });
    for (const path of COPIED) {
      cpSync(path, join(this.#root, path), {
        recursive: true,
        force: true,
        filter: (from) => !from.includes('ledgers'),
      });
    }
    symlinkSync(resolve('node_modules'), join(this.#root, 'node_modules'));
  }

  /** Runs files of specs in one process; how that ended and how long it took. `coverage` is a folder for what V8 counted. */
  run(specs, { limitMs = 300_000, coverage } = {}) {
    const args = ['node_modules/mocha/bin/mocha.js', '--no-config', '--bail', '--exit', '--timeout', '60000'];
    const child = spawn(process.execPath, ['--expose-gc', ...args, '--reporter', 'min', ...specs], {
      cwd: this.#root,
      detached: true,
      stdio: 'ignore',
      env: { ...process.env, NODE_V8_COVERAGE: coverage ?? '', SPEC_SEED: '1', DECORATOR_MODE: 'standard' },
    });
    this.#group = child.pid;
    const start = performance.now();
    return new Promise((done, failed) => {
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        this.#endGroup();
      }, limitMs);
      child.once('error', failed);
      child.once('exit', (code) => {
        clearTimeout(timer);
        this.#endGroup();
        done({ isGreen: code === 0, isLate, ms: performance.now() - start });
      });
    });
  }

  /** Tells which of the specs notices what is changed, the likely ones alone and first; undefined where none does. */
  async try({ path, start, end, replacement }, specs, likely) {
    const source = readFileSync(path, 'utf8');
    const changed = join(this.#root, path);
    writeFileSync(changed, `${source.slice(0, start)}(${replacement})${source.slice(end)}`);
    const first = specs.filter(({ spec }) => likely.includes(spec)).toSorted((one, other) => one.ms - other.ms);
    const others = specs.filter(({ spec }) => !likely.includes(spec));
    try {
      for (const some of [...first.map((one) => [one]), ...shares(others)]) {
        const limitMs = Math.max(LEAST_LIMIT_MS, TIMES * some.reduce((sum, { ms }) => sum + ms, 0));
        const paths = some.map(({ spec }) => spec);
        const { isGreen, isLate } = await this.run(paths, { limitMs });
        if (isGreen) continue;
        // Which of them it was is looked up, so that the next change to the file meets it first.
        const spec = some.length === 1 || isLate ? paths[0] : await this.#firstRed(paths);
        return { spec: relative(SPECS, spec), path: spec, isLate };
      }
      return undefined;
    } finally {
      writeFileSync(changed, source);
    }
  }

  async #firstRed(paths) {
    for (const path of paths) {
      const { isGreen } = await this.run([path], { limitMs: LEAST_LIMIT_MS * TIMES });
      if (!isGreen) return path;
    }
    return paths[0];
  }

  /** Where in the built lib/audit a spec comes, as ranges that V8 counted. */
  async cover(spec) {
    const folder = join(this.#root, '.coverage');
    rmSync(folder, { recursive: true, force: true });
    const once = () => this.run([spec], { coverage: folder });
    const first = await once();
    // Again where a busy machine was too slow for it.
    const { isGreen, ms } = first.isGreen ? first : await once();
    if (!isGreen) throw new Error(`${spec} fails without any change`);
    const files = new Map();
    for (const name of readdirSync(folder)) {
      for (const { url, functions } of JSON.parse(readFileSync(join(folder, name), 'utf8')).result) {
        if (!url.startsWith('file:')) continue;
        const path = relative(this.#root, fileURLToPath(url));
        if (path.startsWith('dist/esm/audit/')) files.set(path, [...(files.get(path) ?? []), functions]);
      }
    }
    return { spec, ms, files };
  }

  remove() {
    this.#endGroup();
    rmSync(this.#root, { recursive: true, force: true });
  }

  // Specs start programs: all of them are one group, which ends as one.
  #endGroup() {
    if (this.#group === undefined) return;
    try {
      process.kill(-this.#group, 'SIGKILL');
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
    this.#group = undefined;
  }
}

// Many short ones in one process, since most of their time is its start; long ones after them.
function shares(specs) {
  const parts = [];
  for (const one of specs) {
    const last = parts.at(-1);
    if (last !== undefined && last.length < TOGETHER_MOST && one.ms < SHORT_MS) last.push(one);
    else parts.push([one]);
  }
  return parts;
}

// The smallest range around a place tells how often it was reached.
function countAt(functions, at) {
  let best;
  for (const { ranges } of functions) {
    for (const range of ranges) {
      if (range.startOffset > at || range.endOffset <= at) continue;
      const isSmaller = best === undefined || range.endOffset - range.startOffset <= best.endOffset - best.startOffset;
      if (isSmaller) best = range;
    }
  }
  return best?.count ?? 0;
}

/** Whether a spec reaches a place in one of its processes. */
export function reaches({ files }, { path, start }) {
  return (files.get(path) ?? []).some((functions) => countAt(functions, start) > 0);
}
