import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';

import { bundle } from './bundle.mjs';

const NOT_COPIED = new Set(['.git', 'node_modules', 'dist', '.test-out', '.backends', 'coverage', 'out']);
const NEAR = ['calls', 'decorators', 'testing', 'core'];

// Each runs where those before it found nothing.
const SUITES = [
  { name: 'legacy', mode: 'legacy', folders: NEAR },
  { name: 'standard', mode: 'standard', folders: NEAR },
  { name: 'pipeline', mode: 'legacy', folders: ['pipeline'] },
];

function specsIn(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.spec.js') && !name.endsWith('.full.spec.js'))
    .map((name) => join(folder, name));
}

// The specs of the mutated file first, then those of its folder, then those of its part of lib/.
function nearness(spec, file) {
  const source = relative('lib', file);
  if (basename(spec).startsWith(basename(source, '.ts'))) return 0;
  if (dirname(spec) === dirname(source)) return 1;
  return spec.split('/')[0] === source.split('/')[0] ? 2 : 3;
}

function tryReadJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return undefined;
  }
}

/** A copy of the repository, outside of it, in which a source can be changed, built and tried. */
export class MutantCopy {
  #root = mkdtempSync(join(tmpdir(), 'spanwright-mutants-'));
  #durations = new Map();
  #group;
  #limitMs = 15 * 60_000;

  constructor() {
    cpSync('.', this.#root, { recursive: true, filter: (source) => !NOT_COPIED.has(source) });
    symlinkSync(resolve('node_modules'), join(this.#root, 'node_modules'));
  }

  /** Builds the copy as it is and runs every suite; throws unless all is green. */
  async prepare() {
    this.#compile('scripts/build.mjs');
    this.#compile('node_modules/typescript/bin/tsc', '-p', 'tsconfig.spec-legacy.json');
    this.#compile('node_modules/typescript/bin/tsc', '-p', 'tsconfig.spec-standard.json');
    let longestMs = 0;
    for (const suite of SUITES) {
      const start = performance.now();
      const failure = await this.#run(suite, '', true);
      if (failure !== undefined) throw new Error(`the specs fail without any mutant (${suite.name}): ${failure}`);
      longestMs = Math.max(longestMs, performance.now() - start);
    }
    // Generous: a busy machine must not look like a defect that was noticed.
    this.#limitMs = Math.max(120_000, 4 * longestMs);
  }

  /** Tells what noticed the mutant; `undefined` when nothing did. Throws where it does not compile. */
  async try({ id, file, find, replace }) {
    const path = join(this.#root, file);
    const source = readFileSync(path, 'utf8');
    writeFileSync(
      path,
      source.replace(find, () => replace),
    );
    try {
      this.#compile('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json');
      await bundle(this.#root);
      for (const suite of SUITES) {
        const failure = await this.#run(suite, file, false);
        if (failure !== undefined) return `${suite.name}: ${failure}`;
      }
      return undefined;
    } catch (error) {
      throw new Error(`mutant ${id}: ${error.message}`, { cause: error });
    } finally {
      writeFileSync(path, source);
    }
  }

  /** Ends what still runs in the copy and removes it. */
  remove() {
    this.#endGroup();
    rmSync(this.#root, { recursive: true, force: true });
  }

  #compile(program, ...args) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
      cwd: this.#root,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`it does not compile:\n${stdout}${stderr}`);
  }

  #files({ mode, folders }, file) {
    const root = join(this.#root, '.test-out', mode, 'spec');
    const found = folders.flatMap((folder) => specsIn(join(root, folder)));
    const rank = (path) => nearness(relative(root, path), file);
    const duration = (path) => this.#durations.get(path) ?? 0;
    return found.sort((one, other) => rank(one) - rank(other) || duration(one) - duration(other));
  }

  async #run(suite, file, isBaseline) {
    const report = join(this.#root, 'report.json');
    rmSync(report, { force: true });
    const args = ['--bail', '--exit', '--reporter', 'json', '--reporter-option', `output=${report}`];
    const files = this.#files(suite, file);
    const outcome = await this.#spawn(['node_modules/mocha/bin/mocha.js', ...args, ...files], suite.mode);
    const read = tryReadJson(report);
    if (isBaseline) this.#learnDurations(read?.tests ?? []);
    if (outcome === 0) return undefined;
    const [failed] = read?.failures ?? [];
    return (
      failed?.fullTitle ?? (outcome === 'late' ? `no end after ${this.#limitMs} ms` : `the process ended: ${outcome}`)
    );
  }

  #learnDurations(tests) {
    for (const { file, duration = 0 } of tests) {
      this.#durations.set(file, (this.#durations.get(file) ?? 0) + duration);
    }
  }

  // Mocha starts Node anew for its flags, and specs start programs: all of them are one group, which ends as one.
  #spawn(args, mode) {
    const child = spawn(process.execPath, args, {
      cwd: this.#root,
      detached: true,
      stdio: 'ignore',
      // The table of results runs in nine states; one of them tells a defect of the engine.
      env: { ...process.env, DECORATOR_MODE: mode, SPEC_STATES: 'recorded' },
    });
    this.#group = child.pid;
    return new Promise((done, failed) => {
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        this.#endGroup();
      }, this.#limitMs);
      child.once('error', failed);
      child.once('exit', (code, signal) => {
        clearTimeout(timer);
        this.#endGroup();
        done(isLate ? 'late' : (code ?? signal));
      });
    });
  }

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
