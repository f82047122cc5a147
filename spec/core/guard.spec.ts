import { expect } from 'chai';
import { countGuarded, guarded, refusePromise } from '#lib/core/guard.js';
import { state } from '#lib/core/state.js';
import { unhandledRejectionsOf } from '../calls/hooks/process-listeners.js';

interface Said {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

describe('guarded', () => {
  let said: Said[];
  beforeEach(() => {
    said = [];
    state.warned.clear();
    state.logger = { warn: (warning) => said.push(warning as Said) };
  });
  afterEach(() => {
    state.logger = undefined;
  });

  const countDuring = (work: () => void): number => {
    const before = state.guarded['HOOK_FACET'] ?? 0;
    work();
    return (state.guarded['HOOK_FACET'] ?? 0) - before;
  };

  it('gives what the work gives', () => {
    const value = {};
    expect(countDuring(() => expect(guarded('HOOK_FACET', () => value)).to.equal(value))).to.equal(0);
    expect(said).to.deep.equal([]);
  });

  it('keeps whatever is thrown to itself, counts it and says the first', () => {
    const thrown = [new Error('first'), undefined, null, 'text', Symbol('s'), 0n, Object.create(null), () => {}];
    const count = countDuring(() => {
      for (const value of thrown) {
        const given = guarded('HOOK_FACET', () => {
          throw value;
        });
        expect(given).to.equal(undefined);
      }
    });
    expect(count).to.equal(thrown.length);
    expect(said).to.have.lengthOf(1);
    expect(said[0]).to.include({ code: 'HOOK_FACET' });
    expect(said[0]?.message).to.include('Error: first');
  });

  it('says an error that cannot be read, and cuts a long one', () => {
    const unreadable = new Error('hidden');
    Object.defineProperty(unreadable, 'message', {
      get: () => {
        throw new Error('the getter failed');
      },
    });
    countGuarded('HOOK_FACET', unreadable);
    expect(said[0]?.message).to.include('an error that cannot be read');
    state.warned.clear();
    countGuarded('HOOK_FACET', new Error('x'.repeat(10_000)));
    expect(said[1]?.message.length).to.be.below(600);
  });

  it('refuses a promise, and its rejection is no unhandled one', async () => {
    const unhandled = await unhandledRejectionsOf(() => {
      const count = countDuring(() => {
        expect(guarded('HOOK_FACET', () => Promise.reject(new Error('late')))).to.equal(undefined);
        expect(guarded('HOOK_FACET', () => Promise.resolve(1))).to.equal(undefined);
      });
      expect(count).to.equal(2);
    });
    expect(unhandled).to.deep.equal([]);
  });

  it('lets a thenable that is no promise through untouched', () => {
    let asked = 0;
    const thenable = {
      then: () => {
        asked++;
      },
    };
    expect(guarded('HOOK_FACET', () => thenable)).to.equal(thenable);
    expect(refusePromise(thenable)).to.equal(thenable);
    expect(asked).to.equal(0);
  });
});
