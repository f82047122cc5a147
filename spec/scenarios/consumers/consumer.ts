import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { application } from '#scripts/projects.mjs';

/** What a run left behind. */
export interface Run {
  readonly status: number | null;
  readonly output: string;
}

/** An application of spec/projects with the package installed as a user has it, and the shared classes in `desk/`. */
export class Consumer {
  readonly folder: string;

  constructor(name: string) {
    this.folder = application(name);
    cpSync('spec/projects/desk', join(this.folder, 'desk'), { recursive: true });
  }

  /** Runs a Node program with the application's folder as the working directory. */
  run(args: readonly string[], env: Readonly<Record<string, string>> = {}, node = process.execPath): Run {
    const { PATH = '', HOME = '' } = process.env;
    const { status, stdout, stderr } = spawnSync(node, args, {
      cwd: this.folder,
      env: { PATH, HOME, NO_COLOR: '1', ...env },
      encoding: 'utf8',
      timeout: 180_000,
    });
    return { status, output: stdout + stderr };
  }

  /** The program of an installed package. */
  bin(path: string): string {
    return join(this.folder, 'node_modules', path);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What `desk/program.ts` prints, as the last line of a run that succeeded. */
export function printedTree({ status, output }: Run): readonly string[] {
  if (status !== 0) throw new Error(`exit ${status}: ${output}`);
  const { complete, tree } = JSON.parse(output.trim().split('\n').at(-1) ?? '') as {
    complete: boolean;
    tree: string[];
  };
  if (!complete) throw new Error(`the program left spans behind: ${output}`);
  return tree;
}

/** The spans of the desk, below nothing or below a span of the caller. */
export function deskTree(parent = '-'): string[] {
  return [
    'Archive.find < workflow close ticket u-1',
    'Archive.pages < workflow close ticket u-1',
    'Desk.title < fetch ticket u-1',
    `day < ${parent} u-1 opened`,
    'fetch ticket < workflow close ticket u-1 T-1',
    'shout < day u-1',
    'task review < workflow close ticket u-1 28',
    'workflow close ticket < day u-1',
  ];
}
