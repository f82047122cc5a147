import { expect } from 'chai';

import type { Env } from './resolving.js';
import { problemsOf, resolve } from './resolving.js';

const ON = { enabled: true, destinations: [{ provider: 'console' }] };
const KILL: Record<string, readonly [off: string[], none: string[]]> = {
  SPANWRIGHT_DISABLE_ALL: [
    ['true', '1', 'TRUE', ' true '],
    ['false', '0', '', ' '],
  ],
  OTEL_SDK_DISABLED: [
    ['true', '1', 'True'],
    ['false', '0', ''],
  ],
  SPANWRIGHT_OBSERVABILITY_ENABLED: [
    ['false', '0', 'FALSE'],
    ['true', '1', ''],
  ],
};

describe('enabled', () => {
  it('is on with a destination, off without', () => {
    expect(resolve()).include({ enabled: false, disabledBy: 'no destination' });
    const config = resolve({ destinations: [{ provider: 'console' }] });
    expect(config.enabled).equal(true);
    expect(config).not.have.property('disabledBy');
    expect(config.sources['enabled']).equal('default');
  });

  it('false switches off', () => {
    const config = resolve({ ...ON, enabled: false });
    expect(config).include({ enabled: false, disabledBy: 'enabled: false' });
    expect(config.sources['enabled']).equal('code');
  });

  for (const [name, [off, none]] of Object.entries(KILL)) {
    it(`gives way to ${name}, which can only switch off`, () => {
      for (const text of off) {
        const config = resolve(ON, { [name]: text });
        expect(config, text).include({ enabled: false, disabledBy: name });
        expect(config.sources['enabled']).equal(name);
      }
      for (const text of none) {
        expect(resolve(ON, { [name]: text }).enabled, text).equal(true);
        expect(resolve({ ...ON, enabled: false }, { [name]: text }).disabledBy).equal('enabled: false');
        expect(resolve({}, { [name]: text }).disabledBy).equal('no destination');
      }
    });

    it(`refuses another value of ${name}`, () => {
      for (const text of ['yes', 'on', '2', 'no']) {
        expect(problemsOf(ON, { [name]: text })).deep.equal([
          { path: 'enabled', got: `"${text}"`, expected: 'true or false', source: name },
        ]);
      }
    });
  }

  it('names the first of several switches', () => {
    const env = { SPANWRIGHT_OBSERVABILITY_ENABLED: 'false', OTEL_SDK_DISABLED: 'true', SPANWRIGHT_DISABLE_ALL: '1' };
    expect(resolve({ enabled: false }, env).disabledBy).equal('SPANWRIGHT_DISABLE_ALL');
  });

  it('off by a switch, a variable that is wrong warns and stops nobody', () => {
    const env: Env = {
      OTEL_TRACES_SAMPLER: 'xray',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_EXPORTER_OTLP_HEADERS: 'hunter2',
    };
    const options = { destinations: [{ provider: 'otlp' }] };
    expect(problemsOf(options, env)).length(3);
    for (const config of [
      resolve(options, { ...env, OTEL_SDK_DISABLED: 'true' }),
      resolve({ ...options, enabled: false }, env),
    ]) {
      expect(config.enabled).equal(false);
      expect(config.warnings.map(({ code }) => code)).deep.equal(Array(3).fill('CONFIG_VARIABLE_IGNORED'));
      expect(JSON.stringify(config.warnings)).include('OTEL_TRACES_SAMPLER').not.include('hunter2');
    }
  });

  it('off by a switch, options that are wrong are errors all the same', () => {
    expect(problemsOf({ sampling: { ratio: 5 } }, { SPANWRIGHT_DISABLE_ALL: 'true' })).length(1);
  });
});

describe('exceptionSignal', () => {
  const NAME = 'OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN';
  const signals: Record<string, string> = {
    '': 'event',
    logs: 'log',
    'logs/dup': 'both',
    ' LOGS ': 'log',
    'logs,logs/dup': 'both',
    'logs/dup, logs': 'both',
    ',logs,': 'log',
  };
  for (const [text, signal] of Object.entries(signals)) {
    it(`is ${signal} with "${text}"`, () => {
      const config = resolve({}, { [NAME]: text });
      expect(config.exceptionSignal).equal(signal);
      expect(config.sources['exceptionSignal']).equal(signal === 'event' ? 'default' : NAME);
      expect(config.warnings).deep.equal([]);
    });
  }

  it('warns of words that are not known here', () => {
    const config = resolve({}, { [NAME]: 'log,spans' });
    expect(config.exceptionSignal).equal('event');
    expect(config.warnings.map(({ code }) => code)).deep.equal(['CONFIG_VARIABLE_IGNORED']);
  });
});
