import { expect } from 'chai';

import { nearestName } from '#lib/config/suggest.js';

import { problemsOf } from './resolving.js';

function hintOf(options: object): string | undefined {
  const [problem, ...others] = problemsOf(options);
  expect(others).deep.equal([]);
  expect(problem?.got).equal('an unknown option');
  return problem?.hint;
}

describe('unknown keys', () => {
  const meant: Record<string, string> = {
    servicename: 'serviceName',
    service_name: 'serviceName',
    'service-name': 'serviceName',
    servceName: 'serviceName',
    sreviceName: 'serviceName',
    enviroment: 'environment',
    destination: 'destinations',
    Enabled: 'enabled',
    maxCaptureByte: 'maxCaptureBytes',
    configfile: 'configFile',
  };
  for (const [key, name] of Object.entries(meant)) {
    it(`suggest ${name} for ${key}`, () => {
      expect(hintOf({ [key]: 1 })).equal(`did you mean ${name}?`);
    });
  }

  it('suggest nothing when nothing is near', () => {
    for (const key of ['telemetry', 'x', '', '   ', 'a'.repeat(5000), '__proto_', '日本']) {
      expect(hintOf({ [key]: 1 })).equal(undefined);
    }
  });

  for (const key of ['otlpEndpoint', 'otlp_endpoint']) {
    it(`name destinations for the older ${key}`, () => {
      expect(hintOf({ [key]: 'http://localhost:4318' })).equal("use destinations: [{ provider: 'otlp', endpoint }]");
    });
  }

  for (const key of ['sampleRate', 'sample_rate']) {
    it(`name sampling.ratio for the older ${key}`, () => {
      expect(hintOf({ [key]: 0.1 })).equal('use sampling.ratio');
    });
  }

  it('are errors in sampling and in every destination', () => {
    const destinations = [
      { provider: 'console', endpoint: 'http://localhost:4318' },
      { provider: 'memory', path: 'a' },
      { provider: 'file', path: 'a', maxSpans: 1 },
      { provider: 'otlp', Endpoint: 'http://localhost:4318' },
    ];
    const problems = problemsOf({ sampling: { ratio: 1, rate: 1 }, destinations });
    expect(problems.map(({ path, hint }) => [path, hint])).deep.equal([
      ['sampling.rate', undefined],
      ['destinations[0].endpoint', undefined],
      ['destinations[1].path', undefined],
      ['destinations[2].maxSpans', undefined],
      ['destinations[3].Endpoint', 'did you mean endpoint?'],
    ]);
    expect(problems[0]?.expected).equal('one of ratio');
    expect(problems[1]?.expected).equal(
      'one of provider, name, granularity, only, filter, content, enableContentRecording, enable_content_recording, maxContentChars, vocabulary, limits, maxQueue, onFull, maxWaitMs, batch, breaker, health, announceStarts',
    );
  });

  it('of every object are unknown, too', () => {
    const raw = JSON.parse(
      '{"__proto__": {"enabled": true}, "constructor": 1, "toString": 1, "hasOwnProperty": 1}',
    ) as object;
    expect(problemsOf(raw).map(({ path }) => path)).members(['__proto__', 'constructor', 'toString', 'hasOwnProperty']);
    expect(({} as { enabled?: unknown }).enabled).equal(undefined);
    const resource = JSON.parse('{"resource": {"__proto__": "x", "constructor": "y", "ok": 1}}') as object;
    expect(problemsOf(resource).map(({ path }) => path)).deep.equal(['resource.__proto__', 'resource.constructor']);
  });

  it('cannot forge lines of the message', () => {
    const [problem] = problemsOf({ 'a\n  serviceName: got\u001b[31m\u009b\u2028': 1 });
    expect(problem?.path).equal(String.raw`["a\n  serviceName: got\u001b[31m\u009b\u2028"]`);
  });
});

describe('nearestName', () => {
  it('prefers the nearest of several', () => {
    expect(nearestName('serviceVersio', ['serviceName', 'serviceVersion'])).equal('serviceVersion');
    expect(nearestName('names', ['name', 'maxQueue'])).equal('name');
    expect(nearestName('mane', ['name'])).equal(undefined);
    expect(nearestName('nmae', ['name'])).equal('name');
  });
});
