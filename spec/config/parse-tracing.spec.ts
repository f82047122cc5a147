import { inspect } from 'node:util';

import { expect } from 'chai';
import { parseTracingConfig } from 'spanwright';

import { isWritten } from '#lib/config/parsed-tracing.js';

import { CollectedWarnings } from '../collected-warnings.js';
import { withVariables } from './with-variables.js';

const AZURE = 'InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=https://eu.example';
const VARIABLE = 'APPLICATIONINSIGHTS_CONNECTION_STRING';

function isDeepFrozen(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return Object.isFrozen(value) && Object.values(value).every(isDeepFrozen);
}

describe('parseTracingConfig', () => {
  let warnings: CollectedWarnings;
  beforeEach(() => {
    warnings = new CollectedWarnings();
  });
  afterEach(() => {
    warnings.stop();
  });

  it('gives undefined for undefined and null', () => {
    expect(parseTracingConfig(undefined)).to.equal(undefined);
    expect(parseTracingConfig(null)).to.equal(undefined);
  });

  const table: Record<string, readonly [raw: unknown, parsed: object]> = {
    'an empty object': [{}, { provider: 'none' }],
    none: [{ provider: 'none' }, { provider: 'none' }],
    'no name': [
      { provider: null, service_name: 'a' },
      { provider: 'none', serviceName: 'a' },
    ],
    'azure_ai with defaults': [
      { provider: 'azure_ai', connection_string: AZURE },
      { provider: 'azure_ai', connectionString: AZURE, enableContentRecording: true, enableLiveMetrics: false },
    ],
    'azure_ai with everything': [
      { provider: 'azure_ai', connectionString: AZURE, enable_content_recording: false, enableLiveMetrics: true },
      { provider: 'azure_ai', connectionString: AZURE, enableContentRecording: false, enableLiveMetrics: true },
    ],
    azure_monitor: [
      { provider: 'azure_monitor', connectionString: AZURE },
      { provider: 'azure_monitor', connectionString: AZURE, enableContentRecording: true, enableLiveMetrics: false },
    ],
    'langfuse with defaults': [
      { provider: 'langfuse', public_key: 'pk', secret_key: 'sk' },
      { provider: 'langfuse', publicKey: 'pk', secretKey: 'sk', host: 'https://cloud.langfuse.com' },
    ],
    'langfuse of its own': [
      { provider: 'Langfuse', publicKey: 'pk', secretKey: 'sk', host: 'https://lf.example' },
      { provider: 'langfuse', publicKey: 'pk', secretKey: 'sk', host: 'https://lf.example' },
    ],
    'langfuse without keys': [{ provider: 'langfuse' }, { provider: 'langfuse', host: 'https://cloud.langfuse.com' }],
    'a preset with options': [
      { provider: 'otlp', endpoint: 'http://a', headers: { x_tenant: 'b' }, max_queue: 5 },
      { provider: 'otlp', endpoint: 'http://a', headers: { x_tenant: 'b' }, maxQueue: 5 },
    ],
    "a preset's name": ['memory', { provider: 'memory' }],
    'an older endpoint': [
      { otlp_endpoint: 'http://collector:4318', sample_rate: 0.5 },
      { provider: 'otlp', endpoint: 'http://collector:4318', sampling: { ratio: 0.5 } },
    ],
    'an older endpoint for a provider': [
      { provider: 'otlp', otlpEndpoint: 'http://older', endpoint: 'http://newer' },
      { provider: 'otlp', endpoint: 'http://newer' },
    ],
    'an older design without an endpoint': [{ enabled: true }, { provider: 'console', enabled: true }],
    'a tracing that is off': [
      { provider: 'memory', enabled: 'false' },
      { provider: 'memory', enabled: false },
    ],
    'what goes for any of them': [
      { provider: 'memory', service_version: '2', environment: 'prod', exclusive: true, sampling: { ratio: '.25' } },
      { provider: 'memory', serviceVersion: '2', environment: 'prod', exclusive: true, sampling: { ratio: 0.25 } },
    ],
    'camel case first': [
      { provider: 'langfuse', public_key: 'older', publicKey: 'newer', host: '' },
      { provider: 'langfuse', publicKey: 'newer', host: 'https://cloud.langfuse.com' },
    ],
    'values that are none': [
      { provider: 'memory', maxQueue: undefined, name: null, sampleRate: 7, serviceName: 5, enabled: '' },
      { provider: 'memory' },
    ],
  };
  for (const [what, [raw, parsed]] of Object.entries(table)) {
    it(`reads ${what}`, () => {
      const read = parseTracingConfig(raw);
      expect(read).to.deep.equal(parsed);
      expect(isDeepFrozen(read)).to.equal(true);
      expect(parseTracingConfig(read), 'what was parsed stays').to.equal(read);
      expect(warnings.seen).to.deep.equal([]);
    });
  }

  it('asks the environment for the connection string of Azure, and for nothing else', async () => {
    const env = { [VARIABLE]: AZURE, LANGFUSE_SECRET_KEY: 'sk', LANGFUSE_HOST: 'https://x', OTEL_SERVICE_NAME: 'y' };
    await withVariables(env, () => {
      expect(parseTracingConfig({ provider: 'azure_ai' })).to.include({ connectionString: AZURE });
      expect(parseTracingConfig({ provider: 'azure_ai', connectionString: 'own' })).to.include({
        connectionString: 'own',
      });
      expect(parseTracingConfig({ provider: 'azure_ai', connectionString: ' ' })).to.include({
        connectionString: AZURE,
      });
      expect(parseTracingConfig({ provider: 'langfuse' })).to.deep.equal({
        provider: 'langfuse',
        host: 'https://cloud.langfuse.com',
      });
      expect(parseTracingConfig({})).to.deep.equal({ provider: 'none' });
    });
  });

  it('tells an option that was written from its default', () => {
    const option = 'enableContentRecording';
    for (const [raw, isOn, isSaid] of [
      [{}, true, false],
      [{ enable_content_recording: null }, true, false],
      [{ enable_content_recording: true }, true, true],
      [{ enableContentRecording: 'yes' }, true, true],
      [{ enableContentRecording: 'FALSE' }, false, true],
      [{ enableContentRecording: 0 }, false, true],
      [{ enableContentRecording: 'perhaps' }, false, true],
      [{ enableContentRecording: true, enable_content_recording: false }, false, true],
    ] as const) {
      const parsed = parseTracingConfig({ provider: 'azure_ai', ...raw });
      expect(parsed, JSON.stringify(raw)).to.include({ [option]: isOn });
      expect(parsed && isWritten(parsed, option), JSON.stringify(raw)).to.equal(isSaid);
    }
  });

  it('keeps the name of a provider that is not known, drops its keys, and says so once', () => {
    const parsed = parseTracingConfig({ provider: 'langfus', secretKey: 'hunter2', serviceName: 'a' });
    expect(parsed).to.deep.equal({ provider: 'langfus', serviceName: 'a' });
    expect(parseTracingConfig({ provider: 'langfus' })).to.deep.equal({ provider: 'langfus' });
    expect(warnings.codes()).to.deep.equal(['CONFIG_PROVIDER_UNKNOWN']);
    expect(warnings.seen[0]).to.include({ provider: '"langfus"', hint: 'did you mean langfuse?' });
    expect(JSON.stringify(warnings.seen)).not.to.include('hunter2');
  });

  for (const [what, raw] of Object.entries({
    'a number': 5,
    'a list': [{ provider: 'langfuse' }],
    'a function': () => ({ provider: 'langfuse' }),
    'a Map': new Map([['provider', 'langfuse']]),
    'a provider that is no name': { provider: 5 },
  })) {
    it(`is inert and says so for ${what}`, () => {
      expect(parseTracingConfig(raw)).to.deep.equal({ provider: 'none' });
      expect(warnings.codes()).to.deep.equal(['CONFIG_PROVIDER_UNKNOWN']);
    });
  }

  it('shows no key where it is printed, and none in a warning', () => {
    const key = 'sk-lf-hunter2-0123456789';
    const parsed = parseTracingConfig({ provider: 'langfuse', secretKey: key });
    expect(inspect({ parsed }, { depth: 9 })).to.equal('{ parsed: ParsedTracingConfig(langfuse) }');
    parseTracingConfig(key);
    parseTracingConfig({ provider: `https://user:hunter2@host` });
    expect(warnings.seen).to.have.lengthOf(2);
    expect(JSON.stringify(warnings.seen)).not.to.include('hunter2');
  });

  it('keeps the exporter of one’s own as it is', () => {
    const exporter = { export: () => {} };
    const parsed = parseTracingConfig({ provider: 'otlp', exporter }) as { exporter?: unknown } | undefined;
    expect(parsed?.exporter).to.equal(exporter);
    expect(Object.isFrozen(exporter)).to.equal(false);
  });
});
