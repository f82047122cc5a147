import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from 'chai';

import { InstalledPackage } from './installed-package.js';

interface Manifest {
  readonly version: string;
  readonly bin: { readonly spanwright: string };
}

describe('the program of the packed package', function program() {
  this.timeout(60_000);
  let installed: InstalledPackage;
  let version: string;
  let bin: string;

  before(() => {
    installed = new InstalledPackage({ peers: 'required' });
    const home = join(installed.folder, 'node_modules/spanwright');
    const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as Manifest;
    version = manifest.version;
    bin = join(home, manifest.bin.spanwright);
  });

  after(() => {
    installed.remove();
  });

  it('is there and may be run', () => {
    expect(statSync(bin).mode & 0o111).equal(0o111);
    expect(readFileSync(bin, 'utf8')).match(/^#!\/usr\/bin\/env node\n/);
    expect(installed.node(bin, '--version')).deep.equal({ status: 0, output: `${version}\n` });
  });

  it('records and verifies a call with what is in the package', () => {
    mkdirSync(join(installed.folder, 'own'), { mode: 0o700 });
    const { output } = installed.node(bin, 'audit', 'doctor', join(installed.folder, 'own', 'ledger'));
    expect(output).match(/^ok +round trip +a call recorded and verified/m);
  });
});
