import type { Span } from '@opentelemetry/api';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { filtered, Watched } from './watched.js';

const HEALTH = filtered({ dropWhere: [{ 'http.route': '/health', 'http.status': 200 }, { noise: true }] });

describe('filters by attributes', () => {
  let watched: Watched;

  beforeEach(() => {
    watched = new Watched();
  });
  afterEach(() => watched.stop());

  it('leave out a leaf that has all of one entry at its end', () => {
    const selection = watched.open(HEALTH);
    const shapes = {
      all: { 'http.route': '/health', 'http.status': 200 },
      other: { noise: true },
      half: { 'http.route': '/health' },
      'of another type': { 'http.route': '/health', 'http.status': '200' },
      none: {},
    };
    for (const [name, attributes] of Object.entries(shapes)) {
      const span = watched.start(name);
      span.setAttributes(attributes);
      span.end();
    }
    expect(Object.keys(watched.seen(selection))).to.deep.equal(['half', 'of another type', 'none']);
  });

  it('ask for something: an entry without attributes leaves out nothing', () => {
    const selection = watched.open(filtered({ dropWhere: [{}] }));
    watched.start('any').end();
    expect(watched.seen(selection)).to.deep.equal({ any: undefined });
  });

  it('keep a span below which a kept one was promised, also one that never ends', () => {
    const selection = watched.open(HEALTH);
    const parent = watched.start('parent', undefined, { attributes: { noise: true } });
    watched.start('open', parent);
    parent.end();
    expect(watched.seen(selection)).to.deep.equal({ parent: undefined });
  });

  it('leave out a whole branch from its leaves', () => {
    const selection = watched.open(HEALTH);
    const root = watched.start('root');
    const [top, leaf] = [watched.start('top', root, { attributes: { noise: true } })].flatMap((one) => [
      one,
      watched.start('leaf', one, { attributes: { noise: true } }),
    ]);
    for (const span of [leaf, top, root]) span?.end();
    expect(watched.seen(selection)).to.deep.equal({ root: undefined });
  });

  it('hang what starts after its parent was left out under the nearest kept one', () => {
    const selection = watched.open(HEALTH);
    const root = watched.start('root');
    const gone = watched.start('gone', root, { attributes: { noise: true } });
    gone.end();
    watched.start('late', gone).end();
    root.end();
    expect(watched.seen(selection)).to.deep.equal({ late: 'root', root: undefined });
  });

  it('answer the same whenever they are asked', () => {
    const selection = watched.open(HEALTH);
    const span = watched.start('gone', undefined, { attributes: { noise: true } });
    const readable = span as unknown as Parameters<typeof selection.takes>[0];
    expect(selection.takes(readable), 'before its end').to.equal(true);
    span.end();
    expect(selection.takes(readable)).to.equal(false);
    watched.start('below', span).end();
    expect(selection.takes(readable)).to.equal(false);
    expect(watched.seen(selection)).to.deep.equal({ below: undefined });
  });
});

// Spans in the order of their starts: which earlier one is the parent, what it is, and when it ends.
const TREE = fc.array(
  fc.record({ parent: fc.nat(), isNamedOut: fc.boolean(), isNoise: fc.boolean(), end: fc.integer() }),
  { minLength: 1, maxLength: 24 },
);

describe('any tree of spans', () => {
  it('reaches a destination without orphans, each span under its nearest ancestor there', async () => {
    const watched = new Watched();
    const rules = filtered({ dropNames: ['out *'], dropWhere: [{ noise: true }] });
    fc.assert(
      fc.property(TREE, fc.nat(23), (shapes, early) => {
        const selection = watched.open(rules);
        const spans: Span[] = [];
        const parents: (number | undefined)[] = [];
        const ended = new Set<number>();
        const endNext = (): void => {
          const open = spans.map((_, index) => index).filter((index) => !ended.has(index));
          const next = open.toSorted((one, other) => (shapes[one]?.end ?? 0) - (shapes[other]?.end ?? 0))[0];
          if (next === undefined) return;
          ended.add(next);
          spans[next]?.end();
        };
        for (const [index, { parent, isNamedOut, isNoise }] of shapes.entries()) {
          parents.push(index === 0 ? undefined : parent % index);
          const above = parents[index] === undefined ? undefined : spans[parents[index]];
          spans.push(watched.start(`${isNamedOut ? 'out' : 'in'} ${index}`, above, { attributes: { noise: isNoise } }));
          if (index >= early) endNext();
        }
        while (ended.size < spans.length) endNext();
        const seen = watched.seen(selection);
        const nameOf = (index: number): string => `${shapes[index]?.isNamedOut === true ? 'out' : 'in'} ${index}`;
        const isSeen = (index: number): boolean => Object.hasOwn(seen, nameOf(index));
        for (const [index, { isNamedOut, isNoise }] of shapes.entries()) {
          if (!isNoise) expect(isSeen(index), nameOf(index)).to.equal(!isNamedOut);
          if (!isSeen(index)) continue;
          let nearest = parents[index];
          while (nearest !== undefined && !isSeen(nearest)) nearest = parents[nearest];
          expect(seen[nameOf(index)], nameOf(index)).to.equal(nearest === undefined ? undefined : nameOf(nearest));
        }
        selection.close();
      }),
      { numRuns: 300 },
    );
    await watched.stop();
  });
});
