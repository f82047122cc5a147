import { expect } from 'chai';

import { Folders, otlpOf, resolve } from './resolving.js';

const GENERAL = 'OTEL_EXPORTER_OTLP_ENDPOINT';

describe('otlp destinations of a file', () => {
  const folders = new Folders();
  after(() => {
    folders.remove();
  });

  const own = {
    provider: 'otlp',
    endpoint: 'http://file/x',
    headers: { a: 'file', b: 'file' },
    encoding: 'json',
    compression: 'none',
    timeoutMs: 5,
  };
  const env = {
    SPANWRIGHT_CONFIG: 't.json',
    [GENERAL]: 'http://variable',
    OTEL_EXPORTER_OTLP_HEADERS: 'A=variable',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
    OTEL_EXPORTER_OTLP_TIMEOUT: '7',
  };
  const folderOf = (...destinations: object[]): string => folders.make({ 't.json': JSON.stringify({ destinations }) });

  it('hold where no variable is set', () => {
    const config = resolve({}, { SPANWRIGHT_CONFIG: 't.json' }, folderOf(own));
    const { provider: _provider, ...transport } = own;
    expect(otlpOf(config)).deep.include(transport);
    for (const key of ['endpoint', 'encoding', 'compression', 'timeoutMs', 'headers.a']) {
      expect(config.sources[`destinations.otlp.${key}`], key).equal('file');
    }
  });

  it('give way to variables', () => {
    const config = resolve({}, env, folderOf(own));
    expect(otlpOf(config)).deep.include({
      endpoint: 'http://variable/v1/traces',
      headers: { A: 'variable', b: 'file' },
      encoding: 'protobuf',
      compression: 'gzip',
      timeoutMs: 7,
    });
    expect(config.sources['destinations.otlp.endpoint']).equal(GENERAL);
    expect(config.sources['destinations.otlp.headers.A']).equal('OTEL_EXPORTER_OTLP_HEADERS');
  });

  it('keep what they say when there are several, and headers go to those without an endpoint', () => {
    const config = resolve({}, env, folderOf(own, { provider: 'otlp', name: 'second', timeoutMs: 9 }));
    const { provider: _provider, ...transport } = own;
    expect(config.destinations[0]?.transport).deep.include(transport);
    expect(config.destinations[1]?.transport).deep.include({
      endpoint: 'http://variable/v1/traces',
      headers: { A: 'variable' },
      timeoutMs: 9,
      encoding: 'protobuf',
    });
  });
});
