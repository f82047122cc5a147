import { expect } from 'chai';
import type { Tracing } from 'spanwright';
import { configureTracing, Metered } from 'spanwright';
import { state } from '#lib/core/state.js';
import { Measured } from '../genai/measured.js';
import { thrownBy } from './captured.js';

describe('Metered', () => {
  let measured: Measured;
  let tracing: Tracing;

  beforeEach(() => {
    measured = new Measured();
    tracing = configureTracing({
      metrics: true,
      destinations: [{ provider: 'memory' }],
      logger: { warn: () => {} },
    });
  });
  afterEach(async () => {
    await tracing.shutdown();
    await measured.stop();
  });

  describe('keeps from the call', () => {
    beforeEach(() => {
      for (const code of Object.keys(state.guarded)) delete state.guarded[code];
    });

    it('attributes that are no string, number or boolean: left out and counted', async () => {
      const attributes = { list: ['a'], object: {}, fn: () => 1, nothing: null, late: Promise.resolve(1), good: 'x' };
      Metered.wrap({ counter: 'odd', attributes: () => attributes as never }, () => 1)();
      expect(await measured.values('odd')).to.deep.equal([[{ good: 'x' }, 1]]);
      expect(state.guarded).to.deep.equal({ HOOK_ATTRIBUTES: 5 });
      Metered.wrap({ counter: 'fixed', attributes: { list: ['a'], good: 'x' } as never }, () => 1)();
      expect(await measured.values('fixed')).to.deep.equal([[{ good: 'x' }, 1]]);
      expect(state.guarded).to.deep.equal({ HOOK_ATTRIBUTES: 6 });
    });

    it('functions that throw or are late', async () => {
      const broken = (): never => {
        throw new Error('broken');
      };
      const late = async (): Promise<never> => {
        await Promise.resolve();
        throw new Error('late');
      };
      expect(Metered.wrap({ counter: 'broken', attributes: broken, value: broken }, () => 1)()).to.equal(1);
      expect(Metered.wrap({ counter: 'late', attributes: late as never, value: late as never }, () => 1)()).to.equal(1);
      expect(state.guarded).to.deep.equal({ HOOK_ATTRIBUTES: 2, HOOK_ON_RESULT: 2 });
      expect([...(await measured.all()).keys()]).to.deep.equal([]);
    });

    it('values that are none, and less than nothing in a counter', async () => {
      for (const value of [undefined, Number.NaN, Infinity, -1, '5']) {
        Metered.wrap({ counter: 'values', value: () => value as number }, () => 1)();
      }
      expect(await measured.values('values')).to.deep.equal([]);
      expect(state.guarded).to.deep.equal({ HOOK_ON_RESULT: 2 });
    });
  });

  it('refuses options that mean nothing, at decoration', () => {
    const refused: [object, string][] = [
      [{ counter: '5' }, 'counter'],
      [{ histogram: 'with space' }, 'histogram'],
      [{ counter: 'a', unit: '' }, 'unit'],
      [{ counter: 'a', value: 5 }, 'value'],
      [{ unit: 'By' }, 'unit'],
      [{ value: () => 1 }, 'value'],
      [{ count: 1 }, 'count'],
    ];
    for (const [options, name] of refused) {
      expect(thrownBy(() => Metered.wrap(options as never, () => 1)))
        .to.include({ code: 'DECORATOR_OPTIONS_INVALID' })
        .and.have.property('message')
        .that.includes(`"${name}"`);
    }
  });
});
