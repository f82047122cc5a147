import { expect } from 'chai';
import type { Answer } from '#lib/pipeline/transport/answer.js';
import { outcomeOf, retryAfterMs } from '#lib/pipeline/transport/answer.js';

const answer = (status: number, headers: Answer['headers'] = {}, body: string | Buffer = ''): Answer => ({
  status,
  headers,
  body: Buffer.from(body),
});
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const PROTOBUF_TYPE = { 'content-type': 'application/x-protobuf' };

describe('an answer over OTLP/HTTP', () => {
  const kinds: [kind: string, statuses: readonly number[]][] = [
    ['delivered', [200, 201, 202, 204, 207]],
    ['retry', [408, 425, 429, 439, 500, 502, 503, 504, 520, 522, 599]],
    ['refused', [400, 409, 415, 422]],
    ['too_large', [413]],
    ['blocked', [301, 302, 307, 308, 401, 402, 403, 404, 405, 410, 501]],
  ];
  for (const [kind, statuses] of kinds) {
    it(`is ${kind} with ${statuses.join(', ')}`, () => {
      for (const status of statuses) expect(outcomeOf(answer(status)), String(status)).to.include({ kind });
    });
  }

  it('says what was refused, in a line, and not without end', () => {
    const { reason } = outcomeOf(answer(400, {}, `bad\r\n\tspan ${'x'.repeat(5000)}`)) as { reason: string };
    expect(reason).to.match(/^HTTP 400: bad span x+$/);
    expect(reason.length).to.be.below(2100);
    expect(outcomeOf(answer(400, {}, Buffer.from([8, 3, 0, 255])))).to.deep.include({ reason: 'HTTP 400' });
  });

  it('is no failure of a backend that has enough for now', () => {
    expect(outcomeOf(answer(429))).to.include({ isBusy: true });
    expect(outcomeOf(answer(503, { 'retry-after': '3' }))).to.include({ isBusy: true, afterMs: 3000 });
    expect(outcomeOf(answer(503))).to.include({ isBusy: false });
    expect(outcomeOf(answer(500, { 'retry-after': '3' }))).to.include({ isBusy: false, afterMs: 3000 });
  });

  it('names what somebody has to do', () => {
    expect(outcomeOf(answer(401)))
      .to.have.property('hint')
      .that.contains('key');
    expect(outcomeOf(answer(402)))
      .to.have.property('hint')
      .that.contains('quota');
    expect(outcomeOf(answer(404)))
      .to.have.property('hint')
      .that.contains('endpoint');
  });

  it('names of a redirect the host alone', () => {
    const seen = outcomeOf(answer(302, { location: 'https://login.example/in?next=secret' }));
    expect(seen).to.have.property('reason', 'HTTP 302, a redirect to login.example');
    expect(outcomeOf(answer(302, { location: '/in' })))
      .to.have.property('reason')
      .that.contains('somewhere else');
  });

  it('tells seconds and dates of Retry-After, and nothing else', () => {
    const now = Date.parse('2026-11-21T00:00:00Z');
    expect(retryAfterMs('30', now)).to.equal(30_000);
    expect(retryAfterMs(' 1.5 ', now)).to.equal(1500);
    expect(retryAfterMs('Sat, 21 Nov 2026 00:01:00 GMT', now)).to.equal(60_000);
    expect(retryAfterMs('Fri, 20 Nov 2026 00:01:00 GMT', now)).to.equal(0);
    for (const text of [undefined, '', 'soon', 'NaN']) expect(retryAfterMs(text, now), text).to.equal(undefined);
  });
});

describe('an answer that leaves spans out', () => {
  const left = (headers: Answer['headers'], body: string | Buffer): unknown => {
    const outcome = outcomeOf(answer(200, headers, body));
    return 'rejected' in outcome ? [outcome.rejected, outcome.reason] : outcome.kind;
  };

  it('says so in JSON, in numbers or in texts', () => {
    const body = { partialSuccess: { rejectedSpans: '3', errorMessage: 'too old' } };
    expect(left(JSON_TYPE, JSON.stringify(body))).to.deep.equal([3, 'it left out 3 spans: too old']);
    expect(left(JSON_TYPE, '{"partialSuccess":{"rejectedSpans":2}}')).to.deep.equal([2, 'it left out 2 spans']);
  });

  it('says so in protobuf', () => {
    const inner = Buffer.concat([Buffer.from([0x08, 0xac, 0x02, 0x12, 7]), Buffer.from('too old')]);
    const body = Buffer.concat([Buffer.from([0x0a, inner.length]), inner]);
    expect(left(PROTOBUF_TYPE, body)).to.deep.equal([300, 'it left out 300 spans: too old']);
    const unknown = Buffer.concat([Buffer.from([0x11, 1, 2, 3, 4, 5, 6, 7, 8, 0x1d, 1, 2, 3, 4]), body]);
    expect(left(PROTOBUF_TYPE, unknown), 'behind fields that nobody knows').to.have.property('0', 300);
  });

  it('says so as a list of errors, with 207', () => {
    const body = JSON.stringify({
      successes: [{ id: 1 }],
      errors: [
        { id: 2, status: 400 },
        { id: 3, status: 400 },
      ],
    });
    expect(outcomeOf(answer(207, JSON_TYPE, body))).to.include({ kind: 'delivered', rejected: 2 });
  });

  it('says nothing of the kind with a warning, an empty body, or a body that cannot be read', () => {
    const bodies: [Answer['headers'], string | Buffer][] = [
      [JSON_TYPE, ''],
      [JSON_TYPE, '{}'],
      [JSON_TYPE, 'null'],
      [JSON_TYPE, '{"partialSuccess":'],
      [JSON_TYPE, '{"partialSuccess":{"errorMessage":"slow down"}}'],
      [JSON_TYPE, '{"partialSuccess":{"rejectedSpans":-1}}'],
      [JSON_TYPE, '{"partialSuccess":{"rejectedSpans":"many"}}'],
      [PROTOBUF_TYPE, Buffer.from([0x0a, 0x05, 0x08])],
      [PROTOBUF_TYPE, Buffer.from([0xff, 0xff, 0xff])],
      [{ 'content-type': 'text/html' }, '<html>'],
      [{}, 'ok'],
    ];
    for (const [headers, body] of bodies) expect(left(headers, body), String(body)).to.equal('delivered');
  });
});
