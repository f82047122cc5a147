import { expect } from 'chai';

import type { Backend } from '#scripts/backends/all.mjs';

import type { SentKinds, SentOptions } from './kinds.js';
import { sendKinds } from './kinds.js';
import type { RunningBackends } from './running-backends.js';
import { tree } from './tree.js';

interface Wire {
  readonly title: string;
  readonly options: SentOptions;
  readonly names: ReadonlyArray<Backend['name']>;
}

const ALL = ['phoenix', 'mlflow', 'collector', 'jaeger'] as const;
const WIRES: readonly Wire[] = [
  { title: 'JSON', options: { encoding: 'json' }, names: ['collector', 'jaeger'] },
  { title: 'protobuf without compression', options: { compression: 'none' }, names: ALL },
  { title: 'protobuf of the official exporter', options: { officialExporter: true }, names: ALL },
];

/** The specs of what may go over the wire besides the default, compressed protobuf of our own encoder. */
export function describeWires(running: () => RunningBackends): void {
  for (const { title, options, names } of WIRES) {
    describe(title, () => {
      let sent: SentKinds;

      before(async () => {
        sent = await sendKinds(running().folder, running().addresses(names), options);
      });

      for (const name of names) {
        it(`is read by ${name}`, async function () {
          if (running().skipped.has(name)) this.skip();
          const trace = await running().read(name, sent.spans[0]?.traceId ?? '', sent.spans.length);
          expect(sent.destinations[name]).to.deep.include({ delivered: sent.spans.length, dropped: {} });
          expect(tree(trace.spans)).to.deep.equal(tree(sent.spans));
        });
      }
    });
  }
}
