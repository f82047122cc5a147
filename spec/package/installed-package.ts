import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

interface Manifest {
  readonly name: string;
  readonly dependencies?: Record<string, string>;
  readonly peerDependencies: Record<string, string>;
  readonly peerDependenciesMeta: Record<string, { optional?: boolean }>;
}

/** What a child process left behind. */
export interface Outcome {
  readonly status: number | null;
  readonly output: string;
}

/** The packed package, unpacked into the node_modules of an empty application in a temporary folder. */
export class InstalledPackage {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'installed-package-')));

  /** Without `peers`, only the required peers stand beside the package, as npm would leave out optional ones. */
  constructor(options: { readonly peers: 'required' | 'all' }) {
    const manifest = this.#unpack();
    const peers = Object.keys(manifest.peerDependencies).filter(
      (name) => options.peers === 'all' || manifest.peerDependenciesMeta[name]?.optional !== true,
    );
    for (const name of [...Object.keys(manifest.dependencies ?? {}), ...peers]) this.link(name);
    this.write('package.json', '{ "name": "application", "private": true }');
  }

  /** Puts a package of the repository beside the installed one. */
  link(name: string): void {
    const link = join(this.folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(resolve('node_modules', name), link, 'dir');
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  /** Runs a Node program with the application's folder as the working directory. */
  node(...args: readonly string[]): Outcome {
    const { NODE_OPTIONS: _options, NODE_V8_COVERAGE: _coverage, ...env } = process.env;
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: this.folder, env, encoding: 'utf8' });
    return { status, output: stdout + stderr };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #unpack(): Manifest {
    const pack = ['pack', '--json', '--silent', '--ignore-scripts', '--pack-destination', this.folder];
    const [packed] = JSON.parse(
      execFileSync('npm', pack, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    ) as [{ name: string; filename: string }];
    const home = join(this.folder, 'node_modules', packed.name);
    mkdirSync(home, { recursive: true });
    execFileSync('tar', ['-xzf', join(this.folder, packed.filename), '-C', home, '--strip-components', '1']);
    return JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as Manifest;
  }
}
