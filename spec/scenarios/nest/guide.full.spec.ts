import { expect } from 'chai';

import { readBlocks } from '../../docs/blocks.js';
import { BUILDS, NestApplication } from './nest-application.js';

function withoutDurations(text: string): string {
  return text.replaceAll(/\(\d+(?:\.\d+)? m?s\)/g, '(… ms)');
}

describe('the program of the guide for NestJS', function () {
  this.timeout(120_000);
  // Not `ts`: it compiles in an application that has NestJS.
  const blocks = readBlocks('docs/guide/nestjs.md');
  const [program, shown] = blocks;

  it('is one program with its output', () => {
    expect(blocks.map(({ language }) => language)).to.deep.equal(['typescript', 'text']);
  });

  for (const build of BUILDS) {
    it(`prints what the page says: ${build.project}, ${build.compiler}`, async () => {
      const app = new NestApplication(build, { 'guide.ts': program?.text ?? '' });
      try {
        app.compile();
        const { status, output } = await app.run('guide');
        expect(withoutDurations(output)).to.equal(withoutDurations(shown?.text ?? ''));
        expect(status).to.equal(0);
      } finally {
        app.remove();
      }
    });
  }
});
