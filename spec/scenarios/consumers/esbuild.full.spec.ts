import { readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from 'chai';

import { nodeOf } from '#scripts/projects.mjs';

import { Consumer, deskTree, printedTree } from './consumer.js';

const formats = { esm: 'out/program.js', cjs: 'out/program.cjs' };

describe('esbuild', function () {
  this.timeout(300_000);
  let consumer: Consumer;

  function bundle(entry: string, format: keyof typeof formats, mode: string, conditions = 'module'): string {
    const { status, output } = consumer.run(['bundle.mjs', entry, formats[format], format, mode, conditions]);
    expect(status, output).equal(0);
    expect(output, 'warnings').equal('');
    return formats[format];
  }

  before(() => {
    consumer = new Consumer('esbuild');
  });
  after(() => consumer.remove());

  for (const format of ['esm', 'cjs'] as const) {
    for (const mode of ['legacy', 'standard']) {
      it(`bundles a program to ${format} with ${mode} decorators`, () => {
        const file = bundle('desk/program.ts', format, mode);
        for (const major of [20, 22, 24]) {
          expect(printedTree(consumer.run([file], {}, nodeOf(major)))).deep.equal(deskTree());
        }
      });
    }

    it(`bundles both builds of the package to ${format}, and they share their spans`, () => {
      const file = bundle('required.cjs', format, 'legacy', 'none');
      const text = readFileSync(join(consumer.folder, file), 'utf8');
      expect(text).include('spanwright/dist/cjs/index.js').and.include('spanwright/dist/bundle/index.js');
      expect(printedTree(consumer.run([file]))).deep.equal([...deskTree('morning'), 'morning < -'].toSorted());
    });

    it(`bundles one build of the package to ${format} with the condition "module", whoever asks for it`, () => {
      const file = bundle('required.cjs', format, 'legacy');
      const text = readFileSync(join(consumer.folder, file), 'utf8');
      expect(text).include('spanwright/dist/whole/index.js').not.include('spanwright/dist/cjs/index.js');
      expect(printedTree(consumer.run([file]))).deep.equal([...deskTree('morning'), 'morning < -'].toSorted());
    });

    for (const conditions of ['module', 'none']) {
      it(`bundles what reads the answers of models to ${format} with the condition "${conditions}"`, () => {
        const { output } = consumer.run([bundle('model.mjs', format, 'standard', conditions)]);
        expect(JSON.parse(output)).deep.equal({ name: 'chat gpt-4o-mini', tokens: 10, warnings: [] });
      });
    }

    it(`fails from a bundle to ${format} where the spans are others`, () => {
      const file = bundle('desk/program.ts', format, 'standard');
      const { status, output } = consumer.run([file], { EXPECT: 'wrong' });
      expect(status).equal(1);
      expect(output).match(/a tree that nobody recorded/);
    });
  }

  it('says what is missing where neither the bundle nor the machine has what reads the answers of models', () => {
    const file = bundle('model.mjs', 'esm', 'standard', 'none');
    const endpoints = consumer.bin('spanwright/dist/bundle/endpoints.cjs');
    renameSync(endpoints, `${endpoints}.away`);
    const { output } = consumer.run([file]);
    renameSync(`${endpoints}.away`, endpoints);
    expect(JSON.parse(output)).deep.equal({ name: 'chat', warnings: ['ENDPOINTS_MISSING'] });
  });

  // Last, for it takes the package away.
  it('bundles all but what the application installs beside it', () => {
    const file = bundle('desk/program.ts', 'esm', 'standard');
    const whole = bundle('model.mjs', 'cjs', 'standard');
    rmSync(consumer.bin('spanwright'), { recursive: true });
    expect(printedTree(consumer.run([file]))).deep.equal(deskTree());
    expect(JSON.parse(consumer.run([whole]).output)).deep.equal({
      name: 'chat gpt-4o-mini',
      tokens: 10,
      warnings: [],
    });
    rmSync(consumer.bin('class-validator'), { recursive: true });
    const { status, output } = consumer.run([file]);
    expect(status).equal(1);
    expect(output)
      .match(/\[CONFIG_INVALID\].*expected it to be installed/)
      .and.match(/npm install class-validator/);
  });
});
