import { execFile, execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { application } from '#scripts/projects.mjs';

const execute = promisify(execFile);

/** A log line as its logger wrote it. */
export type Line = Readonly<Record<string, unknown>>;

/** A captured span, as far as lines are compared with it. */
export interface LoggedSpan {
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly traceId: string;
  readonly spanId: string;
}

/** How a program is run. */
export interface RunOptions {
  /** The Node binary; this process's by default. */
  readonly node?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** spec/projects/loggers in a temporary folder, with one folder of programs for each logger. */
export class LogApplication {
  readonly folder = application('loggers');

  /** Adds a logger: the files that make it and the crowd that says lines with it. */
  add(name: string, files: Readonly<Record<string, string>>): void {
    const home = join(this.folder, 'src', name);
    mkdirSync(home);
    for (const [file, text] of Object.entries(files)) writeFileSync(join(home, file), text);
    copyFileSync(join(this.folder, 'src/crowd.ts'), join(home, 'crowd.ts'));
  }

  /** Compiles all of them; throws with what the compiler says. */
  compile(): void {
    rmSync(join(this.folder, 'src/crowd.ts'));
    try {
      const args = ['node_modules/typescript/bin/tsc', '-p', '.', '--pretty', 'false'];
      execFileSync(process.execPath, args, { cwd: this.folder, encoding: 'utf8', stdio: 'pipe' });
    } catch (error) {
      throw new Error((error as { stdout: string }).stdout, { cause: error });
    }
  }

  /** Runs a program to its end; gives what it wrote to standard output. Throws when it fails or says anything else. */
  async run(program: string, { node = process.execPath, args = [], env = {} }: RunOptions = {}): Promise<string> {
    const { PATH = '' } = process.env;
    const options = { cwd: this.folder, env: { PATH, ...env }, timeout: 60_000, maxBuffer: 64 * 1024 ** 2 };
    const { stdout, stderr } = await execute(node, [`dist/${program}.js`, ...args], options);
    if (stderr !== '') throw new Error(stderr);
    return stdout;
  }

  path(file: string): string {
    return join(this.folder, file);
  }

  read(file: string): string {
    return readFileSync(this.path(file), 'utf8');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The lines of a log, one JSON object each. */
export function linesOf(log: string): Line[] {
  return log
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}
