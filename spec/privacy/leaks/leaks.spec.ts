import { expect } from 'chai';
import { checkLeaks, reportOf, STRICT_TIERS } from './leak-check.js';
import type { CheckedRun } from './leak-check.js';
import type { Home } from './leak-plan.js';
import { PLACES } from './places/all-places.js';

// One or two calls in each place; `leaks.full.spec.ts` makes all of them.
const STEP = 11;

const HOMES: readonly Home[] = ['own', 'hosted', 'hosted with content on spans', 'host with a processor', 'host'];

describe('canaries in decorated calls', () => {
  it('hide in 60 places at least, through every decorator', () => {
    expect(PLACES.length).to.be.at.least(60);
    expect(new Set(PLACES.map(({ title }) => title)).size).to.equal(PLACES.length);
  });

  for (const [seed, home] of HOMES.entries()) {
    describe(`with a provider: ${home}`, () => {
      let run: CheckedRun;

      before(async function () {
        this.timeout(60_000);
        run = await checkLeaks(home, { step: STEP, seed, tiers: home === 'own' ? STRICT_TIERS : ['redacted'] });
      });

      it('reach no destination, no log, no report and no exporter of the application', () => {
        expect(reportOf(run.leaks)).to.deep.equal([]);
      });

      it('were looked for in what arrived', () => {
        const arrived = new Set(run.evidence.filter(({ content }) => content.length > 100).map(({ where }) => where));
        const destinations = ['stdout', 'file', 'otlp protobuf', 'otlp json'];
        const inside = home === 'host with a processor' ? [] : ['finishedSpans()', 'status()', 'health()'];
        const expected = [
          ...(home === 'host' ? [] : ['log records']),
          ...(home === 'own' ? ['otlp metrics'] : ["the host's own exporter"]),
          ...(home === 'hosted' ? ['preview()'] : []),
          ...(home === 'host' ? [] : [...destinations, ...inside]),
        ];
        expect(Array.from(arrived)).to.include.members(expected);
        const spans = run.evidence.filter(({ where }) => where === 'spans').map(({ content }) => Number(content));
        for (const count of spans) expect(count).to.be.at.least(run.trials.length);
      });
    });
  }
});
