import { expect } from 'chai';

import { createMemorySecrets } from '#lib/audit/ledger-secrets.js';
import { openOnStoreSync } from '#lib/audit/open-on-store.js';
import { FaultStore } from './fault-store.js';
import { kindsOf, RecordedLedger, START } from './recorded-ledger.js';

describe('hints of what a start has settled', () => {
  const secrets = createMemorySecrets();
  let store: FaultStore;

  const open = (): Promise<RecordedLedger> => RecordedLedger.open({}, store, secrets);

  /** A process with calls in flight that is gone then; gives its writer. */
  async function die(calls: number): Promise<string> {
    const { ledger } = await open();
    await Promise.all(Array.from({ length: calls }, () => ledger.begin(START)));
    const wid = store.writers().at(-1) ?? '';
    store.kill(wid);
    return wid;
  }

  beforeEach(() => {
    store = new FaultStore();
  });

  it('remembers which writers a genesis has named', async () => {
    const { ledger } = await open();
    const [wid = ''] = store.writers();
    await ledger.close();
    expect(store.settled().get(wid)).include({ isNamed: false });
    await open();
    expect(store.settled().get(wid)).include({ isNamed: true });
  });

  it('remembers which writers it settled', async () => {
    const wid = await die(2);
    await open();
    expect(store.settled().get(wid)).include({ isNamed: true });
  });

  it('comes before the last entry where its ledger is closed meanwhile', async () => {
    const [wid, before] = [await die(3), store.writers()];
    const ledger = openOnStoreSync(store, secrets, {});
    const own = store.writers().find((other) => !before.includes(other)) ?? '';
    await ledger.close();
    const kinds = kindsOf(store.entriesOf(own));
    expect(kinds).deep.equal(['genesis', 'policy', 'recovered', 'outcome', 'outcome', 'outcome', 'close']);
    expect(store.settled().get(wid)).include({ isNamed: true });
    const next = openOnStoreSync(store, secrets, {});
    expect(store.settled().get(own)).include({ isNamed: true });
    await next.close();
  });
});
