import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { application, npm, packed } from '#scripts/projects.mjs';

import type { Observed } from './observed.js';

const execute = promisify(execFile);

/** A project of spec/projects and how its source is compiled. */
export interface Build {
  readonly project: 'nest-11' | 'nest-12';
  readonly compiler: 'swc' | 'tsc';
}

export const BUILDS: readonly Build[] = [
  { project: 'nest-12', compiler: 'tsc' },
  { project: 'nest-11', compiler: 'tsc' },
  { project: 'nest-11', compiler: 'swc' },
];

/** Which decorator stands where; no place is the application as it would be without us. */
export interface Variant {
  readonly places: readonly string[];
  readonly wrapper?: 'traced' | 'bare' | 'unnamed';
}

/** What a process printed and how it ended. */
export interface Outcome {
  readonly status: number;
  readonly output: string;
}

/** A Nest application of its own in a temporary folder, from the source that all of them share. */
export class NestApplication {
  readonly folder: string;
  readonly #build: Build;
  #runs = 0;

  /** Without `source` it gets the shared one, else these files. */
  constructor(build: Build, source?: Readonly<Record<string, string>>) {
    this.#build = build;
    this.folder = application(build.project);
    const home = join(this.folder, 'src');
    mkdirSync(home);
    if (source === undefined) cpSync('spec/projects/nest-source/src', home, { recursive: true });
    for (const [file, text] of Object.entries(source ?? {})) writeFileSync(join(home, file), text);
  }

  /** Puts the packed package in as a user does, and says what npm then holds the tree to be. */
  installPackage(): string {
    rmSync(join(this.folder, 'node_modules/spanwright'), { recursive: true });
    npm(this.folder, 'install', '--prefer-offline', '--ignore-scripts', packed());
    return npm(this.folder, 'ls', 'spanwright', '@opentelemetry/api', 'class-validator', 'reflect-metadata');
  }

  /** Compiles the source; throws with what the compiler says. */
  compile(): void {
    const compiler = {
      tsc: ['node_modules/typescript/bin/tsc', '-p', '.', '--pretty', 'false'],
      swc: ['build-with-swc.cjs'],
    }[this.#build.compiler];
    try {
      execFileSync(process.execPath, compiler, { cwd: this.folder, encoding: 'utf8', stdio: 'pipe' });
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`${this.#build.compiler}: ${stdout}${stderr}`, { cause: error });
    }
  }

  /** Runs the shared source's main program as a variant. It prints nothing and ends by itself. */
  async observe({ places, wrapper = 'traced' }: Variant): Promise<Observed> {
    const file = join(this.folder, `observed-${++this.#runs}.json`);
    const { status, output } = await this.run('main', [file], { PLACES: places.join(), WRAPPER: wrapper });
    if (status !== 0 || output !== '') throw new Error(`${places.join()}: exit ${status}\n${output}`);
    return JSON.parse(readFileSync(file, 'utf8')) as Observed;
  }

  /** Runs a compiled program; one that does not end is killed. */
  async run(
    program: string,
    args: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Outcome> {
    const { PATH = '' } = process.env;
    const options = { cwd: this.folder, env: { PATH, ...env }, timeout: 60_000 };
    try {
      const { stdout, stderr } = await execute(process.execPath, [`dist/${program}.js`, ...args], options);
      return { status: 0, output: stdout + stderr };
    } catch (error) {
      const { code, stdout, stderr } = error as { code?: number; stdout: string; stderr: string };
      return { status: code ?? -1, output: stdout + stderr };
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Does two things at a time, in order; each is there when it is done, and its failure where it is asked for. */
export class TwoAtATime<T> {
  readonly #lanes: Promise<unknown>[] = [Promise.resolve(), Promise.resolve()];
  #next = 0;

  start(work: () => Promise<T>): Promise<T> {
    const lane = this.#next++ % this.#lanes.length;
    const result = (this.#lanes[lane] ?? Promise.resolve()).then(work);
    this.#lanes[lane] = result.catch(() => undefined);
    return result;
  }
}
