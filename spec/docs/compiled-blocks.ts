import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { Block } from './blocks.js';
import { PRELUDE } from './prelude.js';

/** What a child process left behind. */
export interface Outcome {
  readonly status: number | null;
  readonly output: string;
}

/** The TypeScript blocks of some pages as files of one project inside the repository, so that `spanwright` resolves. */
export class CompiledBlocks {
  readonly #folder: string;

  /** `tsconfig` is the text of a file that a page gives. */
  constructor(folder: string, tsconfig: string) {
    this.#folder = resolve(folder);
    rmSync(this.#folder, { recursive: true, force: true });
    mkdirSync(this.#folder, { recursive: true });
    writeFileSync(join(this.#folder, 'tsconfig.json'), tsconfig);
    for (const [file, text] of Object.entries(PRELUDE)) writeFileSync(join(this.#folder, file), text);
  }

  /** Writes a block on the lines it has in its page, so that the compiler names those; `head` goes above it. */
  add(block: Block, head = ''): void {
    const tail = /^(?:import|export) /m.test(block.text + head) ? '' : 'export {};\n';
    const text = `${head}${'\n'.repeat(block.line - 1)}${block.text}${tail}`;
    writeFileSync(join(this.#folder, `${this.#nameOf(block)}.${block.language}`), text);
  }

  /** What the compiler says; empty when it has nothing to say. */
  compile(): string {
    return this.#node([resolve('node_modules/typescript/bin/tsc'), '-p', '.']).output;
  }

  run(block: Block): Outcome {
    return this.#node([this.#programOf(block)]);
  }

  /** Runs a block of tests. */
  test(block: Block): Outcome {
    return this.#node([resolve('node_modules/mocha/bin/mocha.js'), '--no-config', this.#programOf(block)]);
  }

  #nameOf({ page, line }: Block): string {
    return `${page.replaceAll(/\W/g, '-')}-${line}`;
  }

  #programOf(block: Block): string {
    return block.language === 'ts' ? `dist/${this.#nameOf(block)}.js` : `${this.#nameOf(block)}.js`;
  }

  // The variables of whoever runs the specs must not show in what a page promises.
  #node(args: readonly string[]): Outcome {
    const { PATH = '' } = process.env;
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: this.#folder,
      env: { PATH },
      encoding: 'utf8',
    });
    return { status, output: stdout + stderr };
  }
}
