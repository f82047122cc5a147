import { expect } from 'chai';

import { InstalledPackage } from './installed-package.js';

describe('the packed package in Node', function () {
  this.timeout(60_000);
  let installed: InstalledPackage;

  before(() => {
    installed = new InstalledPackage({ peers: 'required' });
  });

  after(() => {
    installed.remove();
  });

  for (const entry of ['spanwright', 'spanwright/audit', 'spanwright/testing']) {
    it(`gives require() and import the same instance of ${entry}`, () => {
      installed.write(
        'same.cjs',
        `const required = require('${entry}');
         import('${entry}').then((imported) => {
           const names = Object.keys(imported);
           console.log(names.length > 0 && names.every((name) => imported[name] === required[name]));
         });`,
      );
      expect(installed.node('same.cjs')).deep.equal({ status: 0, output: 'true\n' });
    });

    it(`gives ${entry} as an ES module`, () => {
      installed.write('where.mjs', `console.log(import.meta.resolve('${entry}'));`);
      expect(installed.node('where.mjs').output).match(/\/dist\/bundle\/\w+\.js\n$/);
    });

    it(`loads the CommonJS build of ${entry} where module-sync is unknown`, () => {
      const file = entry === 'spanwright' ? 'index' : entry.slice('spanwright/'.length);
      installed.write(
        'commonjs.cjs',
        `const names = (module) => Object.keys(module).filter((name) => name !== '__esModule').sort().join();
         const commonjs = require('./node_modules/spanwright/dist/cjs/${file}.js');
         console.log(commonjs.__esModule === true, names(commonjs) === names(require('${entry}')));`,
      );
      expect(installed.node('commonjs.cjs')).deep.equal({ status: 0, output: 'true true\n' });
    });
  }

  it('hides its inner files', () => {
    installed.write(
      'inner.mjs',
      "import('spanwright/dist/esm/core/state.js').catch((error) => console.log(error.code));",
    );
    expect(installed.node('inner.mjs').output).equal('ERR_PACKAGE_PATH_NOT_EXPORTED\n');
  });
});
