import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from 'chai';

import { BUILDS, NestApplication } from './nest-application.js';
import { methodCounts, spanCounts } from './observed.js';

describe('the packed package, installed by npm into a Nest application', function () {
  this.timeout(180_000);

  for (const build of BUILDS.filter(({ project, compiler }) => project === 'nest-12' || compiler === 'swc')) {
    describe(build.project, () => {
      let app: NestApplication;

      before(() => {
        app = new NestApplication(build);
      });

      after(() => {
        app.remove();
      });

      it('resolves beside what is there', () => {
        const lock = join(app.folder, 'package-lock.json');
        const versions = (): Record<string, unknown> => {
          const { packages } = JSON.parse(readFileSync(lock, 'utf8')) as {
            packages: Record<string, { version?: string }>;
          };
          return Object.fromEntries(Object.entries(packages).map(([path, { version }]) => [path, version]));
        };
        const before = versions();
        const tree = app.installPackage();
        expect(tree).to.match(/ spanwright@\d/);
        expect(tree).to.not.match(/invalid|missing|UNMET|extraneous/i);
        const { 'node_modules/spanwright': added, ...others } = versions();
        expect(added).to.be.a('string');
        expect(others, 'nothing else came, went or changed').to.deep.equal(before);
      });

      it('traces', async () => {
        app.compile();
        const { on, spans, health } = await app.observe({ places: ['above'] });
        expect(spanCounts(spans)).to.deep.equal(methodCounts(on));
        expect(health.calls.live).to.equal(0);
      });
    });
  }
});
