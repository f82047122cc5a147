import { expect } from 'chai';

import { nodeOf } from '#scripts/projects.mjs';

import { Consumer } from './consumer.js';

describe('mocha', function () {
  this.timeout(300_000);

  describe('on tsx', () => {
    let consumer: Consumer;
    const mocha = (mode: string, env: Readonly<Record<string, string>> = {}): ReturnType<Consumer['run']> =>
      consumer.run(['--import', 'tsx', consumer.bin('mocha/bin/mocha.js'), 'desk.spec.ts', 'required.spec.cjs'], {
        TSX_TSCONFIG_PATH: `tsconfig.${mode}.json`,
        ...env,
      });

    before(() => {
      consumer = new Consumer('mocha-12');
    });
    after(() => consumer.remove());

    for (const mode of ['legacy', 'standard']) {
      it(`passes a user's suite with ${mode} decorators`, () => {
        const { status, output } = mocha(mode);
        expect(status, output).equal(0);
        expect(output).match(/4 passing/);
      });

      it(`fails where the spans are others, with ${mode} decorators`, () => {
        const { status, output } = mocha(mode, { EXPECT: 'wrong' });
        expect(status, output).equal(4);
        expect(output).match(/a tree that nobody recorded/);
      });
    }
  });

  describe('on CommonJS that tsc emitted', () => {
    let consumer: Consumer;

    before(() => {
      consumer = new Consumer('mocha-commonjs');
    });
    after(() => consumer.remove());

    for (const [mode, ...options] of [
      ['legacy'],
      ['standard', '--experimentalDecorators', 'false', '--emitDecoratorMetadata', 'false'],
    ]) {
      it(`passes a user's suite on Node 20, 22 and 24 with ${mode} decorators`, () => {
        const compiled = consumer.run([consumer.bin('typescript/bin/tsc'), '-p', '.', ...options]);
        expect(compiled.status, compiled.output).equal(0);
        for (const major of [20, 22, 24]) {
          const { status, output } = consumer.run(
            [consumer.bin('mocha/bin/mocha.js'), 'out/desk.spec.js'],
            {},
            nodeOf(major),
          );
          expect(status, output).equal(0);
          expect(output).match(/3 passing/);
        }
      });
    }

    it('fails where the spans are others', () => {
      const { status, output } = consumer.run([consumer.bin('mocha/bin/mocha.js'), 'out/desk.spec.js'], {
        EXPECT: 'wrong',
      });
      expect(status, output).equal(2);
      expect(output).match(/a tree that nobody recorded/);
    });
  });
});
