import { expect } from 'chai';

import { nodeOf } from '#scripts/projects.mjs';

import { Consumer, deskTree, printedTree } from './consumer.js';

describe('tsx', function () {
  this.timeout(300_000);
  let consumer: Consumer;

  before(() => {
    consumer = new Consumer('tsx');
  });
  after(() => consumer.remove());

  for (const mode of ['legacy', 'standard']) {
    for (const major of [20, 22, 24]) {
      it(`runs a program with ${mode} decorators on Node ${major}`, () => {
        const cli = [consumer.bin('tsx/dist/cli.mjs'), '--tsconfig', `tsconfig.${mode}.json`, 'desk/program.ts'];
        expect(printedTree(consumer.run(cli, {}, nodeOf(major)))).deep.equal(deskTree());
      });
    }

    it(`runs a program through --import with ${mode} decorators`, () => {
      const env = { TSX_TSCONFIG_PATH: `tsconfig.${mode}.json` };
      expect(printedTree(consumer.run(['--import', 'tsx', 'desk/program.ts'], env))).deep.equal(deskTree());
    });
  }

  it('fails where the spans are others', () => {
    const { status, output } = consumer.run(['--import', 'tsx', 'desk/program.ts'], { EXPECT: 'wrong' });
    expect(status).equal(1);
    expect(output).match(/a tree that nobody recorded/);
  });
});
