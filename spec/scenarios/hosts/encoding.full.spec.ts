import { expect } from 'chai';
import { decodeRequest, spansOf } from '../../pipeline/encoding/decoded-request.js';
import { HostApplication } from './host-application.js';

interface Requests {
  readonly ours: string;
  readonly official: string;
}

interface Seen {
  readonly spans: number;
  readonly types: readonly string[];
  readonly protobuf: Requests;
  readonly json: Requests;
}

describe('the encoders with spans of the line 3.1 of OpenTelemetry', function () {
  this.timeout(300_000);
  let application: HostApplication;
  let seen: Seen;

  before(async () => {
    application = new HostApplication('otel-3.1');
    seen = await application.run<Seen>(22, ['encoding.mjs']);
  });
  after(() => application.remove());

  it('get structured values', () => {
    expect(seen.spans).equal(60);
    expect(seen.types).include.members(['[object Object]', '[object Array]', '[object Uint8Array]', '[object Null]']);
  });

  it('write in protobuf what the official serialiser of that line says', () => {
    const ours = decodeRequest(Buffer.from(seen.protobuf.ours, 'base64'));
    expect(spansOf(ours)).length(60);
    expect(ours).deep.equal(decodeRequest(Buffer.from(seen.protobuf.official, 'base64')));
  });

  it('write in JSON what the official serialiser of that line writes', () => {
    expect(seen.json.ours).equal(seen.json.official);
  });
});
