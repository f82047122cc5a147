import { cpSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { nodeOf, packed } from '#scripts/projects.mjs';
import type { Ended } from '../run-program.js';
import { runForJson, runProgram } from '../run-program.js';

// Beside the Node that runs the specs: npm of the other versions would come from their own distributions.
const NPM = resolve(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js');

/** An application of npm in a temporary folder, on one version of Node. */
export class NpmApplication {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'npm-application-')));
  readonly #node: string;

  constructor(node: number, manifest: object = {}) {
    this.#node = nodeOf(node);
    this.write('package.json', JSON.stringify({ name: 'application', private: true, ...manifest }));
    cpSync(resolve('spec/projects/hosts'), this.folder, { recursive: true });
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  /** Runs npm with this application's Node, from its cache where it can; `where` is a folder below. */
  npm(args: readonly string[], where = '.'): Promise<Ended> {
    const path = [dirname(this.#node), process.env['PATH']].join(':');
    const env = { PATH: path, npm_config_audit: 'false', npm_config_fund: 'false', npm_config_prefer_offline: 'true' };
    return runProgram(join(this.folder, where), [NPM, ...args], { node: this.#node, env });
  }

  /** `npm install` of the packed package; throws npm's own words when it refuses. */
  async install(...others: readonly string[]): Promise<void> {
    const { status, errors } = await this.npm(['install', packed(), ...others]);
    if (status !== 0) throw new Error(errors);
  }

  /** Runs the install command of a hint, as a shell would take it. */
  async follow(hint: string): Promise<void> {
    const [, packages] = /^npm install (.+)$/.exec(hint) ?? [];
    if (packages === undefined) throw new Error(`no command: ${hint}`);
    const { status, errors } = await this.npm(['install', ...packages.replaceAll('"', '').split(' ')]);
    if (status !== 0) throw new Error(errors);
  }

  run<T>(
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<T & { readonly errors: string }> {
    return runForJson<T>(this.folder, args, { node: this.#node, env });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
