import { expect } from 'chai';
import { AuditedCall, configureTracing, health } from 'spanwright';
import { memoryLedger } from 'spanwright/testing';

class Desk {
  @AuditedCall({ callType: 'http' })
  async close(id: string): Promise<{ id: string; state: string }> {
    if (id === '') throw new RangeError('no id');
    return { id, state: 'closed' };
  }
}

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => (error as { code?: unknown }).code,
  );
}

describe('memoryLedger', () => {
  const desk = new Desk();

  it('is in force until it is stopped', async () => {
    expect(await codeOf(desk.close('T-1'))).equal('AUDIT_NOT_CONFIGURED');
    const ledger = memoryLedger();
    expect(health().audit).equal('open');
    expect(await desk.close('T-1')).deep.equal({ id: 'T-1', state: 'closed' });
    ledger.stop();
    ledger.stop();
    expect(health().audit).equal('none');
    expect(await codeOf(desk.close('T-1'))).equal('AUDIT_NOT_CONFIGURED');
    expect(ledger.calls()).length(1);
  });

  it('is let go by `using`', () => {
    {
      using ledger = memoryLedger();
      expect(ledger.ledger.isDurable).equal(false);
    }
    expect(health().audit).equal('none');
  });

  it('gives the attempts of calls with what was kept of them', async () => {
    using ledger = memoryLedger({ level: 'requestResponse' });
    await desk.close('T-1');
    await desk.close('').catch(() => undefined);
    const [first, second, ...others] = ledger.calls();
    expect(others).deep.equal([]);
    expect(first).deep.include({ request: 'T-1', response: { id: 'T-1', state: 'closed' } });
    expect(first?.intent).deep.include({ op: { class: 'Desk', method: 'close' } });
    expect(first?.outcome).include({ status: 'ok' });
    expect(second?.outcome).deep.include({ status: 'error', err: { type: 'RangeError' } });
  });

  it('keeps of a call what its level says, the request by default', async () => {
    using ledger = memoryLedger();
    await desk.close('T-1');
    expect(ledger.calls()[0]).include({ request: 'T-1' }).not.have.property('response');
    using bare = memoryLedger({ level: 'metadata' });
    await desk.close('T-1');
    expect(bare.calls()[0]).not.have.any.keys('request', 'response');
    expect(ledger.calls()).length(1);
  });

  it('gives entries, and forgets them', async () => {
    using ledger = memoryLedger();
    expect(ledger.entries().map(({ kind }) => kind)).deep.equal(['genesis', 'policy']);
    ledger.reset();
    await desk.close('T-1');
    await ledger.ledger.append({ kind: 'note', data: 1 });
    expect(ledger.entries().map(({ kind }) => kind)).deep.equal(['intent', 'outcome', 'note']);
    ledger.reset();
    expect([ledger.entries(), ledger.calls()]).deep.equal([[], []]);
  });

  it('stands above what is configured, which is in force again after it', async () => {
    const tracing = configureTracing({ audit: false, logger: { warn: () => {} } });
    const ledger = memoryLedger();
    await desk.close('T-1');
    ledger.stop();
    await desk.close('T-2');
    expect(ledger.calls().map(({ request }) => request)).deep.equal(['T-1']);
    expect(health().audit).equal('off');
    await tracing.shutdown();
  });

  it('says what is not allowed', () => {
    expect(() => memoryLedger({ maxQueue: 0 })).throw(RangeError);
    expect(health().audit).equal('none');
  });
});
