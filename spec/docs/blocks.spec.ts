import { expect } from 'chai';

import type { Block } from './blocks.js';
import { findPages, isProgram, readBlocks, shownOutputOf } from './blocks.js';
import { CompiledBlocks } from './compiled-blocks.js';
import { EXAMPLE_IMPORTS } from './prelude.js';

type Mode = 'legacy' | 'standard';

const mode: Mode = process.env['DECORATOR_MODE'] === 'standard' ? 'standard' : 'legacy';

function isFor(wanted: Mode, { text }: Block): boolean {
  const said = /^\/\/ (legacy|standard)\b/.exec(text)?.[1];
  return said === undefined || said === wanted;
}

function tsconfigFor(wanted: Mode): string {
  const configs = readBlocks('docs/guide/getting-started.md').filter(({ language }) => language === 'json');
  const found = configs.filter(({ text }) => text.includes('experimentalDecorators') === (wanted === 'legacy'));
  expect(found, `tsconfig.json for ${wanted} decorators`).lengthOf(1);
  return (found[0] as Block).text;
}

function withoutDurations(text: string): string {
  return text.replaceAll(/\(\d+(?:\.\d+)? m?s\)/g, '(… ms)').replaceAll(/(latency_ms=)[\d.]+/g, '$1…');
}

function nameOf({ page, line }: Block): string {
  return `${page}:${line}`;
}

describe('the programs of README and guide', function () {
  this.timeout(20_000);
  const programs = findPages()
    .flatMap((page) => readBlocks(page))
    .filter((block) => isProgram(block) && isFor(mode, block));
  const examples = readBlocks('docs/reference/api.md').filter(({ language }) => language === 'ts');
  const destinations = readBlocks('docs/reference/destinations.md').filter(({ language }) => language === 'ts');
  let compiled: CompiledBlocks;

  before(() => {
    compiled = new CompiledBlocks(`.test-out/docs/${mode}`, tsconfigFor(mode));
    for (const block of [...programs, ...destinations]) compiled.add(block);
    for (const block of examples) compiled.add(block, EXAMPLE_IMPORTS);
  });

  it('compile with the tsconfig.json that the guide gives, as do the examples of the reference', () => {
    expect(programs.length).greaterThan(20);
    expect(examples.length).greaterThan(3);
    expect(destinations.length).greaterThan(15);
    expect(compiled.compile()).equal('');
  });

  it('start with one whose output is shown', () => {
    const [first] = programs;
    expect(first?.page).equal('README.md');
    expect(first && shownOutputOf(first)).match(/\S/);
  });

  for (const block of programs) {
    const shown = shownOutputOf(block);
    if (shown === undefined) continue;
    it(`print what the page says: ${nameOf(block)}`, () => {
      const { status, output } = compiled.run(block);
      expect(withoutDurations(output)).equal(withoutDurations(shown));
      expect(status).equal(0);
    });
  }

  for (const block of programs.filter(({ text }) => text.includes('describe('))) {
    it(`pass as tests: ${nameOf(block)}`, () => {
      const { status, output } = compiled.test(block);
      expect(status, output).equal(0);
      expect(output).match(/[1-9]\d* passing/);
    });
  }
});
