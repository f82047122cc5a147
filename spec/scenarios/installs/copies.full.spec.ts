import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { SeenWarning } from '../../collected-warnings.js';
import type { PrintedSpan } from '../hosts/host-application.js';
import { HostApplication } from '../hosts/host-application.js';

interface Copies {
  readonly spans: readonly PrintedSpan[];
  readonly warnings: readonly SeenWarning[];
  /** Whether each copy gives the handle of the first. */
  readonly handles: readonly boolean[];
  /** How many different health reports the copies give. */
  readonly healths: number;
  readonly isOneProvider: boolean;
  readonly states: readonly string[];
  /** How many different `Traced` there are: as many as copies. */
  readonly different: number;
  readonly ones: number;
  /** The provider in force at the end. */
  readonly after: string;
}

describe('three copies of the package in one process', function () {
  this.timeout(120_000);

  for (const { line, node } of [
    { line: '2.12', node: 20 },
    { line: '3.1', node: 24 },
  ]) {
    describe(`beside SDK ${line} on Node ${node}`, () => {
      let application: HostApplication;

      before(() => {
        application = new HostApplication(`otel-${line}`);
        mkdirSync(application.path('other/node_modules'), { recursive: true });
        cpSync(application.path('node_modules/spanwright'), application.path('other/node_modules/spanwright'), {
          recursive: true,
        });
        writeFileSync(application.path('other/copy.mjs'), "export * from 'spanwright';\n");
      });
      after(() => application.remove());

      for (const order of ['esm,commonjs,other', 'commonjs,other,esm', 'other,esm,commonjs']) {
        it(`are one tracing: ${order}`, async () => {
          const seen = await application.run<Copies>(node, ['copies.mjs', order]);
          expect(seen.different).to.equal(3);
          expect(seen.spans.map(({ name }) => name)).to.deep.equal(['lowest', 'outer', 'root']);
          const [lowest, outer, root] = seen.spans;
          expect(lowest?.attributes).to.deep.equal({ 'spanwright.arguments': '["secret"]' });
          expect(outer?.attributes).to.include({ seenBy: 'second', alsoBy: 'third' });
          expect([lowest?.parent, outer?.parent, root?.parent]).to.deep.equal([outer?.id, root?.id, undefined]);
          expect(seen.handles).to.deep.equal([true, true, true]);
          expect(seen.healths).to.equal(1);
          expect(seen.isOneProvider).to.equal(true);
          expect(seen.states).to.deep.equal(['off', 'on']);
          expect(seen.ones).to.equal(100);
          expect(seen.after, 'nothing stays registered').to.equal('NoopTracerProvider');
          expect(seen.warnings).to.deep.equal([]);
        });
      }
    });
  }
});
