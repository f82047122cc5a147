import { expect } from 'chai';

import { Consumer, deskTree, printedTree } from './consumer.js';

describe('swc', function () {
  this.timeout(300_000);
  let consumer: Consumer;

  before(() => {
    consumer = new Consumer('swc');
  });
  after(() => consumer.remove());

  for (const decorators of ['legacy', '2022-03', '2023-11']) {
    it(`compiles a program with ${decorators} decorators`, () => {
      const compiled = consumer.run(['compile.mjs', decorators]);
      expect(compiled.status, compiled.output).equal(0);
      expect(printedTree(consumer.run(['out/program.js']))).deep.equal(deskTree());
    });
  }

  // It parses decorators only where the tsconfig says experimentalDecorators, so there is no standard mode to run.
  it('runs a program through @swc-node/register', () => {
    const env = { TS_NODE_PROJECT: 'tsconfig.legacy.json' };
    const args = ['--import', '@swc-node/register/esm-register', 'desk/program.ts'];
    expect(printedTree(consumer.run(args, env))).deep.equal(deskTree());
  });

  it('fails where the spans are others', () => {
    expect(consumer.run(['compile.mjs', '2023-11']).status).equal(0);
    const { status, output } = consumer.run(['out/program.js'], { EXPECT: 'wrong' });
    expect(status).equal(1);
    expect(output).match(/a tree that nobody recorded/);
  });
});
