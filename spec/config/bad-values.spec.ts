import { expect } from 'chai';

import { ALLOWED_PROVIDERS, errorOf, problemsOf, resolve } from './resolving.js';

const TEXT = 'a text that is not empty';
const FLAG = 'true or false';
const QUEUE = 'a whole number from 1 to 1,000,000';
const RESOURCE = 'a text, a finite number, true, false or a list of one of these';

type Case = readonly [key: string, expected: string, bad: readonly unknown[], good: readonly unknown[]];

const OPTIONS: readonly Case[] = [
  ['serviceName', TEXT, [null, 5, '', '  ', ['a'], {}], ['a']],
  ['serviceVersion', TEXT, [null, 1.2, ''], ['1.2']],
  ['environment', TEXT, [null, true, ''], ['prod']],
  ['enabled', FLAG, [null, 'true', 1, 0, {}], [true, false]],
  [
    'maxCaptureBytes',
    'a whole number from 1 to 1,073,741,824',
    [null, 0, 1.5, '5', NaN, 1_073_741_825],
    [1, 1_073_741_824],
  ],
  ['logger', 'an object with a warn() method', [null, 'console', {}, { warn: 1 }, 5], [console, { warn: () => {} }]],
  ['configFile', 'the path of a YAML or JSON file', [null, '', 5, 'a\0b', {}], []],
  ['sampling', 'an object such as { ratio: 0.1 }', [null, 0.5, [], 'all', new Map()], [{}]],
  ['resource', "an object such as { 'team.name': 'checkout' }", [null, 'a=b', [], new Date()], [{}]],
  ['destinations', "a list such as [{ provider: 'console' }]", [null, 'console', {}, { provider: 'console' }], [[]]],
];

const DESTINATION: readonly Case[] = [
  ['name', 'a name of 1 to 64 characters', [null, '', ' ', 5, 'a'.repeat(65), '__proto__', 'toString'], ['a', 'a b']],
  ['granularity', 'one of lifecycle, rows, full', [null, 'all', 'FULL', 1], ['lifecycle', 'rows', 'full']],
  ['content', 'one of none, digest, redacted, full', [null, 'some', true], ['none', 'digest', 'redacted', 'full']],
  ['maxQueue', QUEUE, [null, 0, -1, 1.5, '10', Infinity, 1_000_001], [1, 1_000_000]],
];

const PROVIDERS: Record<string, readonly Case[]> = {
  memory: [['maxSpans', QUEUE, [null, 0, 0.5, '10', 1_000_001], [1, 1_000_000]]],
  file: [['path', 'the path of a file to append to', [undefined, null, '', ' ', 5, 'a\0b'], ['a.jsonl']]],
  otlp: [
    [
      'endpoint',
      'an http(s) URL such as http://localhost:4318/v1/traces',
      [null, '', 5, 'localhost:4318', 'collector', 'ftp://a/b', 'grpc://localhost:4318', {}],
      ['http://localhost:1', 'https://[::1]/x'],
    ],
    ['headers', "an object such as { 'x-api-key': '…' }", [null, 'a=b', [], [['a', 'b']], new Headers()], [{}]],
    ['encoding', 'one of protobuf, json', [null, 'grpc', 'http/json'], ['protobuf', 'json']],
    ['compression', 'one of gzip, none', [null, 'br', true], ['gzip', 'none']],
    ['timeoutMs', 'a whole number from 1 to 600,000', [null, 0, '10', 600_001], [1, 600_000]],
  ],
};

function destinationWith(provider: string, key: string, value: unknown): object {
  return { destinations: [{ provider, ...(provider === 'file' ? { path: 'a' } : {}), [key]: value }] };
}

describe('options', () => {
  for (const [key, expected, bad, good] of OPTIONS) {
    it(`${key} take ${expected} and nothing else`, () => {
      for (const value of bad) {
        const problems = problemsOf({ [key]: value });
        expect(problems.map((one) => [one.path, one.expected, one.source])).deep.equal([[key, expected, 'code']]);
      }
      for (const value of good) expect(() => resolve({ [key]: value })).not.throw();
    });
  }

  it('sampling.ratio takes a number from 0 to 1', () => {
    for (const ratio of [null, -0.1, 1.1, 10, '0.5', NaN, Infinity, true]) {
      const [problem, ...others] = problemsOf({ sampling: { ratio } });
      expect(others).deep.equal([]);
      expect(problem).include({ path: 'sampling.ratio', expected: 'a number from 0 to 1', source: 'code' });
    }
    for (const ratio of [0, 0.5, 1]) expect(resolve({ sampling: { ratio } }).sampling.ratio).equal(ratio);
  });

  it('resource takes attribute values by name', () => {
    const good = { a: 'x', b: 1, c: false, d: ['x'], e: [1, 2], f: [true], g: [] };
    expect(resolve({ resource: good }).resource).include.keys(Object.keys(good));
    for (const value of [null, {}, NaN, Infinity, [1, 'a'], [null], [[1]], () => {}, Symbol('s'), 5n]) {
      const problems = problemsOf({ resource: { ok: 1, 'team.name': value } });
      expect(problems).length(1);
      expect(problems[0]).include({ path: 'resource["team.name"]', expected: RESOURCE, source: 'code' });
    }
    expect(problemsOf({ resource: { 'service.name': 5 } })[0]).include({ got: '5', expected: TEXT });
  });

  it('that are undefined count as absent', () => {
    const keys = OPTIONS.map(([key]) => key);
    const config = resolve(Object.fromEntries(keys.map((key) => [key, undefined])));
    expect(config).deep.equal(resolve());
    expect(resolve({ resource: { a: undefined } }).resource).not.have.property('a');
    const destination = { provider: 'otlp', name: undefined, endpoint: undefined, headers: { a: undefined } };
    expect(resolve({ destinations: [destination] })).deep.equal(resolve({ destinations: [{ provider: 'otlp' }] }));
  });
});

describe('destinations', () => {
  for (const [provider, own] of Object.entries({ console: [], ...PROVIDERS })) {
    for (const [key, expected, bad, good] of [...DESTINATION, ...own]) {
      it(`of provider ${provider}: ${key} takes ${expected} and nothing else`, () => {
        for (const value of bad) {
          const problems = problemsOf(destinationWith(provider, key, value));
          expect(problems).length(1);
          expect(problems[0]).include({ path: `destinations[0].${key}`, expected, source: 'code' });
        }
        for (const value of good) expect(() => resolve(destinationWith(provider, key, value))).not.throw();
      });
    }
  }

  it('name the allowed providers when the provider is another or missing', () => {
    const allowed = ALLOWED_PROVIDERS;
    expect(problemsOf({ destinations: [{ provider: 'zipkin', url: 'x' }, {}, { provider: 5 }] })).deep.equal([
      { path: 'destinations[0].provider', got: '"zipkin"', expected: allowed, source: 'code' },
      { path: 'destinations[1].provider', got: 'nothing', expected: allowed, source: 'code' },
      { path: 'destinations[2].provider', got: '5', expected: allowed, source: 'code' },
    ]);
    expect(problemsOf({ destinations: [{ provider: 'otpl' }] })[0]).include({ hint: 'did you mean otlp?' });
    expect(problemsOf({ destinations: [{ provider: '__proto__' }] })[0]).include({ expected: allowed });
  });

  it('are objects', () => {
    for (const one of ['console', null, 5, [], () => {}, undefined, new Map()]) {
      const [problem] = problemsOf({ destinations: [one] });
      expect(problem).include({ path: 'destinations[0]', expected: "an object such as { provider: 'console' }" });
    }
  });

  it('have names of their own', () => {
    const problem = { got: '"otlp"', source: 'code', hint: 'give one of them a name' };
    const expected = 'a name of its own; destinations[0] has this one';
    expect(
      problemsOf({ destinations: [{ provider: 'otlp' }, { provider: 'memory' }, { provider: 'otlp' }] }),
    ).deep.equal([{ path: 'destinations[2].name', expected, ...problem }]);
    expect(problemsOf({ destinations: [{ provider: 'otlp' }, { provider: 'console', name: 'otlp' }] })).length(1);
    const named = [{ provider: 'otlp' }, { provider: 'otlp', name: 'second' }];
    expect(resolve({ destinations: named }).destinations.map(({ name }) => name)).deep.equal(['otlp', 'second']);
  });

  it('with a name that is not allowed take no other one', () => {
    const problems = problemsOf({ destinations: [{ provider: 'otlp' }, { provider: 'otlp', name: 5 }] });
    expect(problems.map(({ path, got }) => [path, got])).deep.equal([['destinations[1].name', '5']]);
  });

  it('take headers that HTTP allows', () => {
    const headers = { 'x y': 'a', '': 'b', ok: 'fine', split: 'a\r\nb: c', number: 5, constructor: 'x' };
    expect(problemsOf({ destinations: [{ provider: 'otlp', headers }] }).map(({ path }) => path)).deep.equal([
      'destinations[0].headers["x y"]',
      'destinations[0].headers[""]',
      'destinations[0].headers.split',
      'destinations[0].headers.number',
      'destinations[0].headers.constructor',
    ]);
  });
});

describe('an error of configuration', () => {
  it('lists the variables of a destination that has problems in code, too', () => {
    const options = { destinations: [{ provider: 'otlp', maxQueue: 0 }] };
    const problems = problemsOf(options, { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' });
    expect(problems.map(({ source }) => source)).deep.equal(['code', 'OTEL_EXPORTER_OTLP_PROTOCOL']);
  });

  it('asks no other source for destinations that are given and wrong', () => {
    expect(problemsOf({ destinations: 'console' }, { SPANWRIGHT_DESTINATIONS: 'bogus' })).length(1);
  });

  it('lists every problem of every source in one message', () => {
    const error = errorOf(
      { serviceName: 5, sampling: { ratio: 7 }, destinations: [{ provider: 'otlp', maxQueue: 0, timeout: 5 }], x: 1 },
      { OTEL_SDK_DISABLED: 'maybe', OTEL_RESOURCE_ATTRIBUTES: 'oops' },
    );
    expect(error.code).equal('CONFIG_INVALID');
    expect(error.message.split('\n')).deep.equal([
      '[CONFIG_INVALID] configuration has 7 problems:',
      '  x: got an unknown option, expected one of serviceName, serviceVersion, environment, resource, enabled, sampling, logger, configFile, destinations, prices, metrics, maxCaptureBytes, audit, privacy, digestKey, digest, maxContentChars, contentOnSpan, maxBytes, lastResort (from code)',
      '  serviceName: got 5, expected a text that is not empty (from code)',
      '  sampling.ratio: got 7, expected a number from 0 to 1 (from code)',
      '  destinations[0].timeout: got an unknown option, expected one of provider, name, granularity, only, filter, content, enableContentRecording, enable_content_recording, maxContentChars, vocabulary, limits, maxQueue, onFull, maxWaitMs, batch, breaker, health, announceStarts, protocol, endpoint, headers, encoding, compression, timeoutMs, connectTimeoutMs, maxSockets, tls, officialExporter (from code); did you mean timeoutMs?',
      '  destinations[0].maxQueue: got 0, expected a whole number from 1 to 1,000,000 (from code)',
      '  enabled: got "maybe", expected true or false (from OTEL_SDK_DISABLED)',
      '  resource: got ***, expected key=value pairs between commas, percent-encoded (from OTEL_RESOURCE_ATTRIBUTES)',
    ]);
    expect(error.problems.map(({ path }) => path)).deep.equal([
      'x',
      'serviceName',
      'sampling.ratio',
      'destinations[0].timeout',
      'destinations[0].maxQueue',
      'enabled',
      'resource',
    ]);
    expect(error.hint).a('string').not.empty;
  });
});
