import { expect } from 'chai';

import type { Variant } from './nest-application.js';
import { BUILDS, NestApplication, TwoAtATime } from './nest-application.js';
import { NESTING, nestingOf } from './nesting.js';
import type { Observed, Phase } from './observed.js';
import { methodCounts, spanCounts } from './observed.js';

const PLAIN: Variant = { places: [] };

/** With the spans of every method, but for the one that stands where only some methods have a place. */
const VARIANTS: Readonly<Record<string, Variant & { readonly onSome?: true }>> = {
  'above the decorators of Nest': { places: ['above'] },
  'between the route and the guard': { places: ['between'], onSome: true },
  'below the decorators of Nest': { places: ['below'] },
  'through applyDecorators()': { places: ['applied'] },
  'on the class, above': { places: ['class-above'] },
  'on the class, below': { places: ['class-below'] },
  'on the method and the class': { places: ['below', 'class-above'] },
};

const BARE_ABOVE: Variant = { places: ['above'], wrapper: 'bare' };
const BARE_BETWEEN: Variant = { places: ['between'], wrapper: 'bare' };
const UNNAMED: Variant = { places: ['above'], wrapper: 'unnamed' };
const CARELESS = [BARE_ABOVE, BARE_BETWEEN, UNNAMED];

const REFUSED: Readonly<Record<string, number>> = {
  'GET /tickets/7 no x-key': 401,
  'GET /tickets/admin': 403,
  'GET /tickets/admin x-role=guest': 403,
  'GET /tickets/desk': 403,
  'GET /desks/list': 403,
  'GET /joined/secret': 403,
};

const LET_IN: Readonly<Record<string, number>> = {
  'GET /tickets/open?limit=3 no x-key': 200,
  'GET /tickets/admin x-role=owner': 200,
  'GET /tickets/desk x-desk=1': 200,
  'GET /desks/list x-team=support': 200,
  'GET /joined/secret x-role=owner': 206,
};

const REFUSED_MESSAGE = '"secret" {"role":"guest"}';

function expectGuarded({ seen }: Phase): void {
  for (const [request, status] of Object.entries({ ...REFUSED, ...LET_IN })) {
    expect(seen.http[request]?.status, request).to.equal(status);
  }
  expect(seen.tcp[REFUSED_MESSAGE]).to.deep.equal({ error: { status: 'error', message: 'Forbidden resource' } });
}

function expectSame(phase: Phase, plain: Phase): void {
  expect(phase.seen).to.deep.equal(plain.seen);
  expect(phase.ran.counts).to.deep.equal(plain.ran.counts);
  expect(phase.ran.strays, 'methods with another `this`').to.deep.equal([]);
}

describe('@Traced in a Nest application', function () {
  this.timeout(300_000);

  for (const build of BUILDS) {
    describe(`${build.project} compiled by ${build.compiler}`, () => {
      const lanes = new TwoAtATime<Observed>();
      let app: NestApplication;
      let plain: Observed;
      let observe: (variant: Variant) => Promise<Observed>;

      before(async () => {
        app = new NestApplication(build);
        app.compile();
        const all = [PLAIN, ...Object.values(VARIANTS), ...(build === BUILDS[0] ? CARELESS : [])];
        const runs = new Map(all.map((variant) => [variant, lanes.start(() => app.observe(variant))]));
        // Each failure belongs to the specs of its variant.
        for (const run of runs.values()) run.catch(() => undefined);
        observe = (variant) => runs.get(variant) ?? Promise.reject(new Error('this variant was not run'));
        plain = await observe(PLAIN);
        await Promise.allSettled(runs.values());
      });

      after(() => {
        app.remove();
      });

      it('does without us what its source says', () => {
        expectGuarded(plain.off);
        expectSame(plain.on, plain.off);
        expect(plain.spans).to.deep.equal([]);
        expect(Object.keys(methodCounts(plain.off))).to.have.members(Object.keys(NESTING));
      });

      for (const [place, variant] of Object.entries(VARIANTS)) {
        describe(place, () => {
          it('shows Nest the same classes, methods and metadata', async () => {
            expect((await observe(variant)).faces).to.deep.equal(plain.faces);
          });

          it('does the same without tracing', async () => {
            const { off } = await observe(variant);
            expectGuarded(off);
            expectSame(off, plain.off);
          });

          it('does the same with tracing', async () => {
            const { on } = await observe(variant);
            expectGuarded(on);
            expectSame(on, plain.off);
          });

          it('gives one span for each call, below its caller, and ends it', async () => {
            const { on, spans, health } = await observe(variant);
            const counts = spanCounts(spans);
            const expected = Object.entries(methodCounts(on)).filter(
              ([name]) => variant.onSome !== true || name in counts,
            );
            expect(counts).to.deep.equal(Object.fromEntries(expected));
            if (variant.onSome === true) {
              expect(counts).to.include.keys('TicketController.admin', 'JoinedController.secret');
            } else {
              expect(nestingOf(spans)).to.deep.equal(NESTING);
              // The stream that its reader leaves early.
              expect(health.calls.cancelled).to.equal(1);
            }
            expect(spans.filter(({ ended }) => !ended)).to.deep.equal([]);
            expect(health.calls).to.include({ opened: spans.length, abandoned: 0, live: 0 });
            expect(health.guarded).to.deep.equal({});
          });
        });
      }

      if (build !== BUILDS[0]) return;

      describe('with a careless wrapper instead, so that these specs are seen to see', () => {
        it('loses routes and jobs where it stands above', async () => {
          const { off } = await observe(BARE_ABOVE);
          expect(off.seen.http['GET /tickets/7 x-user=ada']?.status).to.equal(404);
          expect(off.seen.schedule).to.deep.equal({ crons: [], intervals: [], timeouts: [] });
          expect(() => expectSame(off, plain.off)).to.throw();
        });

        it('lets everybody in where it stands between route and guard', async () => {
          const { off, faces } = await observe(BARE_BETWEEN);
          expect(off.seen.http['GET /tickets/admin']).to.include({ status: 200, body: 'for admins' });
          // What applyDecorators() joins applies from the first to the last: there the route is what gets lost.
          expect(off.seen.http['GET /joined/secret']?.status).to.equal(404);
          expect(off.seen.tcp[REFUSED_MESSAGE]).to.deep.equal(['for owners']);
          expect(() => expectGuarded(off)).to.throw();
          expect(faces).to.not.deep.equal(plain.faces);
        });

        it('changes what is named after the method where it copies the metadata alone', async () => {
          const { off, faces } = await observe(UNNAMED);
          expectGuarded(off);
          expect(off.seen.document).to.not.deep.equal(plain.off.seen.document);
          expect(() => expectSame(off, plain.off)).to.throw();
          expect(faces).to.not.deep.equal(plain.faces);
        });
      });
    });
  }
});
