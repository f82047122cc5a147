import { expect } from 'chai';

import { messageOf, notDurable, toLedgerError } from '#lib/audit/ledger-errors.js';
import { SpanwrightError } from '#lib/core/errors.js';

describe('errors of a ledger', () => {
  it('say of an intent that its call was not made, and why', () => {
    const own = new SpanwrightError('AUDIT_INTENT_NOT_DURABLE', 'too late');
    expect(notDurable(own)).equal(own);
    for (const cause of [new SpanwrightError('AUDIT_POISONED', 'the disk is gone'), new Error('the disk is gone')]) {
      const error = notDurable(cause);
      expect(error).include({ code: 'AUDIT_INTENT_NOT_DURABLE', cause });
      expect(error.message).matches(/the call was not made: got ".*the disk is gone"/);
    }
    expect(notDurable('text').message).matches(/something that is no error/);
  });

  it('have a code of their own, or get one', () => {
    const own = new SpanwrightError('AUDIT_DISK_LOW', 'full');
    expect(toLedgerError(own, 'AUDIT_POISONED')).equal(own);
    const cause = new Error('EIO');
    expect(toLedgerError(cause, 'AUDIT_POISONED')).include({ code: 'AUDIT_POISONED', cause });
    expect(messageOf(cause)).equal('EIO');
  });
});
