import { InMemorySpanExporter } from '@opentelemetry/sdk-trace-node';
import { expect } from 'chai';
import type { CustomDestinationOptions } from 'spanwright';

import { onlyOf, problemsOf, resolve } from './resolving.js';

type Settings = ReturnType<typeof onlyOf>;

const settings = (options: object, cwd = '/'): Settings => onlyOf(resolve({ destinations: [options] }, {}, cwd));

describe('how spans reach a destination', () => {
  it('is what its options say', () => {
    const delivery = {
      maxQueue: 7,
      onFull: 'slow',
      maxWaitMs: 5,
      batch: { maxSpans: 1, maxBytes: 2048, delayMs: 3 },
      breaker: { failures: 2, openMs: 9 },
      health: { dropRatio: 0.5, latencyMs: 4 },
    };
    expect(settings({ provider: 'otlp', ...delivery }).delivery).deep.equal(delivery);
    const config = resolve({ destinations: [{ provider: 'otlp', batch: { delayMs: 3 } }] });
    expect(config.sources).include({
      'destinations.otlp.batch.delayMs': 'code',
      'destinations.otlp.batch.maxSpans': 'default',
    });
  });

  it('is healthy within 100 ms on this machine and 2 s beyond it', () => {
    const latencyOf = (options: object): number => settings(options).delivery.health.latencyMs;
    expect(latencyOf({ provider: 'file', path: 'a' })).equal(100);
    expect(latencyOf({ provider: 'jaeger' })).equal(100);
    expect(latencyOf({ provider: 'jaeger', endpoint: 'http://jaeger:4318' })).equal(2000);
    expect(latencyOf({ provider: 'azure_monitor', connectionString: 'InstrumentationKey=1' })).equal(2000);
    expect(latencyOf({ provider: 'custom', exporter: () => {} })).equal(2000);
  });

  it('takes names, attributes and calls to models apart', () => {
    const memory = /^GET/gi;
    const filter = { keepNames: ['chat *', memory], dropNames: [], dropWhere: [{ 'http.route': '/health', ok: true }] };
    const { filter: given } = settings({ provider: 'memory', only: 'llm', filter });
    expect(given).deep.include({ only: 'llm', dropNames: [], dropWhere: filter.dropWhere });
    expect(given.keepNames).deep.equal(['chat *', /^GET/i]);
    expect(settings({ provider: 'memory' }).filter).deep.equal({});
  });

  it('takes limits over those of the preset', () => {
    expect(settings({ provider: 'tempo' }).limits).deep.equal({ attributeBytes: 2048 });
    expect(settings({ provider: 'tempo', limits: { attributeBytes: 9000, spanBytes: 99_999 } }).limits).deep.equal({
      attributeBytes: 9000,
      spanBytes: 99_999,
    });
  });

  it('refuses other values by their paths', () => {
    const bad = {
      only: 'agents',
      onFull: 'wait',
      batch: { maxSpans: 0, other: 1 },
      breaker: { failures: 0 },
      health: { dropRatio: 2 },
      filter: { keepNames: 'chat', dropWhere: [{ a: {} }] },
      limits: { attributeBytes: 1 },
      announceStarts: 1,
    };
    const paths = problemsOf({ destinations: [{ provider: 'console', ...bad }] }).map(({ path }) => path);
    expect(paths).have.members(
      [
        'only',
        'onFull',
        'batch.maxSpans',
        'batch.other',
        'breaker.failures',
        'health.dropRatio',
        'filter.keepNames',
        'filter.dropWhere',
        'limits.attributeBytes',
        'announceStarts',
      ].map((key) => `destinations[0].${key}`),
    );
  });

  it('holds 40 MiB together and says losses on stderr unless told otherwise', () => {
    expect(resolve({ destinations: [] })).include({ maxBytes: 41_943_040, lastResort: 'stderr' });
    const options = { maxBytes: 1_048_576, lastResort: 'out/losses.log' };
    expect(resolve(options, {}, '/srv')).include({ maxBytes: 1_048_576, lastResort: '/srv/out/losses.log' });
    expect(problemsOf({ maxBytes: 1000, lastResort: '' }).map(({ path }) => path)).deep.equal([
      'maxBytes',
      'lastResort',
    ]);
  });
});

describe('a key over plain http', () => {
  const warningsOf = (...destinations: object[]): string[] =>
    resolve({ destinations }).warnings.map(({ code, message }) => `${code} ${message}`);
  const said = (name: string): string => `CONFIG_KEY_IN_THE_CLEAR the key of ${name} goes over plain http to host:8080`;
  const endpoint = 'http://host:8080';

  it('to another machine is said', () => {
    expect(warningsOf({ provider: 'honeycomb', apiKey: 'k', endpoint })).deep.equal([said('honeycomb')]);
    expect(warningsOf({ provider: 'otlp', endpoint: 'http://u:p@host:8080' })).deep.equal([said('otlp')]);
    expect(warningsOf({ provider: 'jaeger', endpoint, headers: { 'x-api-key': 'k' } })).deep.equal([said('jaeger')]);
  });

  it('is not said on this machine, over https, and without a key', () => {
    expect(
      warningsOf(
        { provider: 'honeycomb', apiKey: 'k', endpoint: 'http://127.0.0.1:8080' },
        { provider: 'logfire', token: 't' },
        { provider: 'jaeger', endpoint, headers: { 'x-team': 'red' } },
        { provider: 'datadog', apiKey: 'k', endpoint },
      ),
    ).deep.equal([]);
  });
});

describe('an exporter of the application', () => {
  it('is kept as it is: an instance of a class, or a function', () => {
    const instance: CustomDestinationOptions = { provider: 'custom', exporter: new InMemorySpanExporter() };
    const named = (spans: readonly { readonly name: string }[]): string[] => spans.map(({ name }) => name);
    const functional: CustomDestinationOptions = { provider: 'custom', name: 'mine', exporter: named };
    for (const options of [instance, functional]) {
      const { transport } = settings(options);
      expect(transport).deep.include({ kind: 'custom', timeoutMs: 10_000 });
      expect('exporter' in transport && transport.exporter).equal(options.exporter);
    }
  });
});

describe('Azure Monitor', () => {
  const transportOf = (connectionString: string, provider = 'azure_monitor'): object =>
    settings({ provider, connectionString }).transport;

  it('takes a connection string under both names', () => {
    const text = 'InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=https://eu.example/';
    const transport = { kind: 'azure', connectionString: text, timeoutMs: 10_000 };
    expect(transportOf(text)).deep.equal(transport);
    expect(transportOf(` ${text}; `, 'azure_ai')).deep.equal(transport);
    expect(settings({ provider: 'azure_ai', connectionString: text })).include({
      name: 'azure_ai',
      provider: 'azure_monitor',
    });
  });

  it('refuses what the exporter of Microsoft refuses', () => {
    const bad = [
      '',
      'abc',
      'IngestionEndpoint=https://a',
      'InstrumentationKey=',
      'InstrumentationKey=a=b',
      'InstrumentationKey=a;b',
      'InstrumentationKey=a;IngestionEndpoint=nowhere',
    ];
    for (const connectionString of bad) {
      const problems = problemsOf({ destinations: [{ provider: 'azure_monitor', connectionString }] });
      expect(problems.map(({ path, got }) => [path, got])).deep.equal([['destinations[0].connectionString', '***']]);
    }
  });

  it('is beyond this machine, so that CI skips it', () => {
    const destinations = [
      { provider: 'azure_monitor', connectionString: 'InstrumentationKey=1' },
      { provider: 'custom', exporter: { export: () => {} } },
    ];
    const config = resolve({ destinations }, { CI: 'true' });
    expect(config.skipped).deep.equal([{ name: 'azure_monitor', reason: 'ci' }]);
    expect(config.destinations.map(({ name }) => name)).deep.equal(['custom']);
  });
});
