import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { expect } from 'chai';
import type * as edge from '#lib/edge.js';
import type * as root from 'spanwright';
import { readImports } from '../../structure/read-imports.js';

// Held by the compiler: whoever imports the one has the types of the other.
type Face<T> = { readonly [K in keyof T]: T[K] };
const sameTypes: (it: Face<typeof edge>) => Face<typeof root> = (it) => it;
const sameNames: (it: keyof typeof root) => keyof typeof edge = (it) => it;

/** The files that a built entry loads, and the packages; what is there for types alone is not in a build. */
function closureOf(entry: string): { files: string[]; packages: string[] } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const { specifier } of readImports(readFileSync(file, 'utf8'))) {
      if (specifier.startsWith('.')) visit(resolve(dirname(file), specifier));
      else packages.add(specifier);
    }
  };
  visit(resolve(entry));
  return { files: [...files], packages: [...packages] };
}

describe('the files of the entry for browsers and edge runtimes', function () {
  this.timeout(20_000);

  it('have the types of the root', () => {
    expect([sameTypes, sameNames]).length(2);
  });

  for (const build of ['esm', 'cjs']) {
    it(`load the API of OpenTelemetry and nothing else (${build})`, () => {
      const { files, packages } = closureOf(`dist/${build}/edge.js`);
      expect(packages).deep.equal(['@opentelemetry/api']);
      expect(files.filter((file) => !existsSync(file))).deep.equal([]);
      expect(files.length).within(5, 20);
    });
  }

  it('would be found with more', () => {
    expect(closureOf('dist/esm/index.js').packages).include('node:util').and.include('#node-require');
  });

  it('run where there is nothing but the language', () => {
    const program = `
      import { readFileSync } from 'node:fs';
      import { dirname, resolve } from 'node:path';
      import vm from 'node:vm';
      const context = vm.createContext({}, { codeGeneration: { strings: false, wasm: false } });
      const api = resolve('node_modules/@opentelemetry/api/build/esm/index.js');
      const modules = new Map();
      const load = (file) => {
        if (!modules.has(file)) {
          modules.set(file, new vm.SourceTextModule(readFileSync(file, 'utf8'), { context, identifier: file }));
        }
        return modules.get(file);
      };
      const link = (specifier, { identifier }) => {
        if (specifier === '@opentelemetry/api') return load(api);
        if (!specifier.startsWith('.')) throw new Error('no ' + specifier + ' here, for ' + identifier);
        const file = resolve(dirname(identifier), specifier);
        // The API names its files without an extension, as bundlers let it.
        for (const ending of ['', '.js', '/index.js']) {
          try { return load(file + ending); } catch (error) { if (error.code !== 'ENOENT' && error.code !== 'EISDIR') throw error; }
        }
        throw new Error('no ' + file);
      };
      const edge = load(resolve(process.argv[1]));
      await edge.link(link);
      await edge.evaluate();
      const { Traced, configureTracing } = edge.namespace;
      const { complete } = await configureTracing().flush();
      console.log(Traced.run('block', () => 42), complete);`;
    const run = (entry: string): { status: number | null; output: string } => {
      const flags = ['--experimental-vm-modules', '--no-warnings', '--input-type=module', '--eval', program, entry];
      const { status, stdout, stderr } = spawnSync(process.execPath, flags, { encoding: 'utf8' });
      return { status, output: stdout + stderr };
    };
    expect(run('dist/esm/edge.js')).deep.equal({ status: 0, output: '42 true\n' });
    const { status, output } = run('dist/esm/index.js');
    expect(status).equal(1);
    expect(output).match(/no node:util here/);
  });
});
