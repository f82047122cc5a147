import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import * as root from 'spanwright';
import { PASSED_THROUGH } from './facts.js';

const CONDITIONS = ['edge-light', 'workerd', 'worker', 'browser'];

function node(...args: readonly string[]): string {
  const { NODE_OPTIONS: _options, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env });
  expect(status, stderr).equal(0);
  expect(stderr).equal('');
  return stdout.trim();
}

const evaluate = (text: string, ...args: readonly string[]): string =>
  node(...args, '--input-type=module', '--eval', text);

describe('the entry for browsers and edge runtimes', function () {
  this.timeout(20_000);

  for (const condition of CONDITIONS) {
    describe(`under the condition ${condition}`, () => {
      const flag = `--conditions=${condition}`;

      it('is what import and require get', () => {
        const text = `
          import { createRequire } from 'node:module';
          console.log(import.meta.resolve('spanwright'), createRequire(import.meta.url).resolve('spanwright'));`;
        expect(evaluate(text, flag)).match(/^file:.*\/dist\/esm\/edge\.js .*\/dist\/cjs\/edge\.js$/);
      });

      it('leaves what is decorated as it was', () => {
        const program = fileURLToPath(new URL('program.js', import.meta.url));
        expect(JSON.parse(node(flag, program))).deep.equal({
          untouched: true,
          descriptors: true,
          answers: [1, 2, 3, 4, 5, 6, 7, 7],
          names: ['Bare', 'Called', 'bare', 1],
        });
      });
    });
  }

  it('is not what Node gets', () => {
    expect(evaluate("console.log(import.meta.resolve('spanwright'))")).match(/\/dist\/bundle\/index\.js$/);
  });

  it('decorates in Node, so that the comparison means something', () => {
    const program = fileURLToPath(new URL('program.js', import.meta.url));
    expect(JSON.parse(node(program))).include({ untouched: false, descriptors: true });
  });

  for (const [build, load] of [
    ['ES modules', "await import('spanwright')"],
    ['CommonJS', "createRequire(import.meta.url)('spanwright')"],
  ]) {
    it(`has the names of the root in ${build}`, () => {
      const text = `
        import { createRequire } from 'node:module';
        const edge = ${load};
        console.log(JSON.stringify(Object.keys(edge).filter((name) => name !== '__esModule').sort()));`;
      const names = JSON.parse(evaluate(text, '--conditions=browser')) as string[];
      expect(names).deep.equal(Object.keys(root).toSorted());
    });
  }

  it('says why it makes no spans', () => {
    const text = `
      import { configureTracing } from 'spanwright';
      console.log(JSON.stringify(configureTracing({ destinations: [{ provider: 'console' }] }).status()));`;
    expect(JSON.parse(evaluate(text, '--conditions=worker'))).deep.equal(PASSED_THROUGH.status);
  });

  it('is named by a capture that could see nothing', () => {
    const text = `
      import { isSpanwrightError } from 'spanwright';
      import { captureSpans } from 'spanwright/testing';
      const { code, message, hint } = await captureSpans(() => 1).catch((error) => isSpanwrightError(error) && error);
      console.log(JSON.stringify({ code, message, hint }));`;
    const { code, hint } = JSON.parse(evaluate(text, '--conditions=browser')) as { code: string; hint: string };
    expect(code).equal('HOST_PASS_THROUGH');
    expect(hint).include('customExportConditions');
  });
});
