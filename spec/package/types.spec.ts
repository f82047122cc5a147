import { resolve } from 'node:path';

import { expect } from 'chai';

import { InstalledPackage } from './installed-package.js';

const application = `
import * as root from 'spanwright';
import * as audit from 'spanwright/audit';
import * as testing from 'spanwright/testing';

export const names: string[] = [root, audit, testing].flatMap((entry) => Object.keys(entry));
`;

interface Host {
  readonly module: string;
  readonly type: string;
  readonly customConditions?: readonly string[];
}

const hosts: Readonly<Record<string, Host>> = {
  'an ES module': { module: 'nodenext', type: 'module' },
  'a CommonJS module': { module: 'nodenext', type: 'commonjs' },
  'a CommonJS module that knows no module-sync': { module: 'node16', type: 'commonjs' },
  'a bundler': { module: 'preserve', type: 'module' },
  'a bundler for browsers': { module: 'preserve', type: 'module', customConditions: ['browser'] },
  'an ES module for the edge': { module: 'nodenext', type: 'module', customConditions: ['edge-light', 'worker'] },
  'a CommonJS module for browsers': { module: 'nodenext', type: 'commonjs', customConditions: ['browser'] },
};

describe('the types of the packed package', function () {
  this.timeout(60_000);

  // With every peer the declarations themselves are checked; without the optional ones they must still load.
  for (const [peers, skipLibCheck] of [
    ['all', false],
    ['required', true],
  ] as const) {
    describe(`with ${peers} peers`, () => {
      let installed: InstalledPackage;

      before(() => {
        installed = new InstalledPackage({ peers });
        installed.link('@types/node');
        installed.write('application.ts', application);
      });

      after(() => {
        installed.remove();
      });

      for (const [host, { type, ...resolution }] of Object.entries(hosts)) {
        it(`hold in ${host}`, () => {
          const compilerOptions = {
            ...resolution,
            target: 'es2022',
            strict: true,
            skipLibCheck,
            noEmit: true,
            types: ['node'],
          };
          installed.write('package.json', JSON.stringify({ name: 'application', private: true, type }));
          installed.write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['application.ts'] }));
          const tsc = resolve('node_modules/typescript/bin/tsc');
          expect(installed.node(tsc, '-p', '.')).deep.equal({ status: 0, output: '' });
        });
      }
    });
  }
});
