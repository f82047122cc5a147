import { expect } from 'chai';
import * as fc from 'fast-check';
import { createTracing, parseTracingConfig } from 'spanwright';

import { CollectedWarnings } from '../collected-warnings.js';

function thrower(): never {
  throw new Error('hunter2');
}

const traps: ProxyHandler<object> = {
  get: thrower,
  ownKeys: thrower,
  has: thrower,
  getPrototypeOf: thrower,
  getOwnPropertyDescriptor: thrower,
};

const names = ['provider', 'enabled', 'sampling', 'sample_rate', 'otlpEndpoint', 'public_key', 'host', 'headers'];
const more = ['enable_content_recording', 'exporter', '__proto__', 'constructor', 'toString', 'exclusive', 'content'];
const providers = ['none', 'azure_ai', 'langfuse', 'otlp', 'memory', 'console', 'other', '', 'hunter2'];

const values = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withNullPrototype: true }),
  fc.constantFrom<unknown>(...providers, true, 'false', Symbol('s'), thrower, /a/g, Promise.resolve()),
);
const raws = fc.oneof(values, fc.dictionary(fc.constantFrom(...names, ...more), values));

function expectFrozen(value: unknown, key = ''): void {
  if (typeof value !== 'object' || value === null || key === 'exporter') return;
  expect(Object.isFrozen(value)).to.equal(true);
  for (const [name, item] of Object.entries(value)) expectFrozen(item, name);
}

describe('parseTracingConfig of anything', () => {
  let warnings: CollectedWarnings;
  beforeEach(() => {
    warnings = new CollectedWarnings();
  });
  afterEach(() => {
    warnings.stop();
  });

  it('throws nothing, freezes what it gives, and changes no prototype', () => {
    fc.assert(
      fc.property(raws, (raw) => {
        const parsed = parseTracingConfig(raw);
        if (raw === undefined || raw === null) expect(parsed).to.equal(undefined);
        else expect(parsed?.provider).to.be.a('string');
        expectFrozen(parsed);
        expect(Object.keys(Object.prototype)).to.deep.equal([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('makes a tracing that throws nothing either', async () => {
    await fc.assert(
      fc.asyncProperty(raws, async (raw) => {
        const tracing = createTracing(parseTracingConfig(raw));
        expect(tracing.status().state).to.equal('off');
        await tracing.close();
      }),
      { numRuns: 300 },
    );
  });

  it('reads nothing of what it was given later', () => {
    let reads = 0;
    const raw = {
      provider: 'langfuse',
      get secretKey(): string {
        reads++;
        return 'sk';
      },
    };
    const parsed = parseTracingConfig(raw);
    expect([parsed, parsed, reads]).to.deep.equal([parsed, { ...parsed }, 1]);
  });

  for (const [what, raw] of Object.entries({
    'a proxy that throws': new Proxy({}, traps),
    'a proxy as its provider': { provider: new Proxy({}, traps) },
    'a proxy as an option': { provider: 'none', sampling: new Proxy({}, traps), headers: new Proxy([], traps) },
    'a getter that throws': Object.defineProperty({}, 'provider', { get: thrower, enumerable: true }),
    'a circle': Object.assign(Object.create(null), { provider: 'otlp' }) as object,
  })) {
    it(`is inert, or what it says, for ${what}`, () => {
      if (what === 'a circle') Object.assign(raw, { headers: raw });
      expect(parseTracingConfig(raw)?.provider).to.equal(what === 'a circle' ? 'otlp' : 'none');
      expect(JSON.stringify(warnings.seen)).not.to.include('hunter2');
    });
  }
});
