import { expect } from 'chai';
import { HostApplication } from './host-application.js';

interface Seen {
  readonly spanId: string;
  readonly events: number;
  readonly records: readonly { readonly eventName: string; readonly type: string; readonly spanId: string }[];
}

describe('exceptions as logs with API 1.10', function () {
  this.timeout(60_000);
  let application: HostApplication;

  before(() => {
    application = new HostApplication('otel-3.1');
  });
  after(() => application.remove());

  it('reach the logger provider that the API itself keeps', async () => {
    const { spanId, events, records, errors } = await application.run<Seen>(22, ['exception-logs.mjs']);
    expect(records).to.deep.equal([{ eventName: 'exception', type: 'TypeError', spanId }]);
    expect(events).to.equal(0);
    expect(errors).to.equal('');
  });
});
