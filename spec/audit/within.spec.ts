import { setTimeout as wait } from 'node:timers/promises';

import { expect } from 'chai';

import { within } from '#lib/audit/within.js';
import { countOpenTimers } from './open-timers.js';

describe('a wait with an end', () => {
  it('gives what came in time, and leaves no timer', async () => {
    let value: unknown;
    const open = await countOpenTimers(async () => {
      value = await within(wait(1, 'value'), 60_000, 'it');
    });
    expect([value, open]).deep.equal(['value', 0]);
  });

  it('rejects with what the promise rejects with', async () => {
    const error = new Error('its own');
    expect(await within(Promise.reject(error), 60_000, 'it').catch((caught: unknown) => caught)).equal(error);
  });

  it('rejects when nothing came, and says what and how long', async () => {
    const late = within(wait(60_000, undefined, { ref: false }), 5, 'the recovery');
    const error: unknown = await late.catch((caught: unknown) => caught);
    expect(error).property('code', 'AUDIT_POISONED');
    expect(error)
      .property('message')
      .matches(/the recovery: got nothing in 5 ms/);
  });
});
