import { expect } from 'chai';
import type { SeenWarning } from '../../collected-warnings.js';
import { OtlpServer } from '../../pipeline/otlp-server.js';
import { NpmApplication } from './npm-application.js';

interface Seen {
  readonly result: number;
  readonly complete: boolean;
  readonly state: string;
  readonly warnings: readonly SeenWarning[];
  readonly errors: string;
}

/** Applications as they stand before the package is added; `missing` are the rounds of hints until spans arrive. */
const APPLICATIONS = [
  { title: 'nothing', nodes: [20, 22, 24], dependencies: {}, missing: 2 },
  {
    title: 'SDK 2.7 through sdk-node',
    nodes: [20, 22],
    missing: 0,
    dependencies: { '@opentelemetry/api': '1.9.1', '@opentelemetry/sdk-node': '0.218.0' },
  },
  {
    title: 'SDK 2.7 with a part of it',
    nodes: [20, 22],
    missing: 2,
    dependencies: { '@opentelemetry/api': '1.9.1', '@opentelemetry/sdk-trace-base': '2.7.1' },
  },
  {
    title: 'SDK 2.12 and API 1.9',
    nodes: [20, 22],
    missing: 1,
    dependencies: { '@opentelemetry/api': '1.9.1', '@opentelemetry/sdk-trace-node': '2.12.0' },
  },
  {
    title: 'SDK 3.1 and API 1.10',
    nodes: [22, 24],
    missing: 2,
    dependencies: { '@opentelemetry/api': '1.10.0', '@opentelemetry/sdk-trace': '3.1.0' },
  },
];

describe('npm install of the packed package', function () {
  this.timeout(180_000);
  let server: OtlpServer;

  before(async () => {
    server = await new OtlpServer().start();
  });
  after(() => server.stop());

  for (const { title, nodes, dependencies, missing } of APPLICATIONS) {
    for (const node of nodes) {
      it(`beside ${title} on Node ${node} resolves, and spans arrive after ${missing} install commands of ours`, async () => {
        const application = new NpmApplication(node, { dependencies });
        try {
          await application.install();
          const run = (): Promise<Seen> => application.run<Seen>(['installed.mjs'], { ENDPOINT: server.endpoint });
          for (let round = 0; round < missing; round++) {
            const seen = await run();
            expect(seen.result, 'the program goes on').to.equal(42);
            expect(seen.warnings.map(({ code }) => code)).to.deep.equal(['HOST_SDK_MISSING']);
            await application.follow(seen.warnings[0]?.hint ?? '');
          }
          const before = server.spans.length;
          const seen = await run();
          expect(seen).to.deep.include({ result: 42, complete: true, state: 'on', warnings: [], errors: '' });
          expect(server.spans.slice(before).map(({ name }) => name)).to.deep.equal(['double', 'work']);
        } finally {
          application.remove();
        }
      });
    }
  }
});
