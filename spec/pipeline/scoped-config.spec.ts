import { expect } from 'chai';
import type { ScopedTracing } from 'spanwright';
import { createTracing, isSpanwrightError, parseTracingConfig, Traced } from 'spanwright';

import { CollectedWarnings } from '../collected-warnings.js';
import { withVariables } from '../config/with-variables.js';
import { OtlpServer } from './otlp-server.js';

const AZURE = 'InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=http://127.0.0.1:9';
// What lies beyond this machine is left out in CI.
const SENT = { SPANWRIGHT_ENABLE_IN_CI: 'true' };
const KEYS = { publicKey: 'pk-lf-1', secretKey: 'sk-lf-hunter2hunter2' };

/** A service that owns its tracing, as the guide has it. */
class Translator {
  readonly tracing: ScopedTracing;

  constructor(options: { tracing?: unknown }) {
    this.tracing = createTracing(parseTracingConfig(options.tracing));
  }

  @Traced({ tracing: (self: Translator) => self.tracing })
  async translate(text: string): Promise<string> {
    return await Promise.resolve(text.toUpperCase());
  }
}

describe('createTracing of what was parsed', () => {
  let warnings: CollectedWarnings;
  const made: ScopedTracing[] = [];

  function create(raw: unknown): ScopedTracing {
    const tracing = createTracing(parseTracingConfig(raw));
    made.push(tracing);
    return tracing;
  }

  beforeEach(() => {
    warnings = new CollectedWarnings();
  });
  afterEach(async () => {
    await Promise.all(made.splice(0).map((tracing) => tracing.close(100)));
    warnings.stop();
  });

  it('starts, once, and ends, once or twice', async () => {
    const service = new Translator({ tracing: { provider: 'memory' } });
    expect(service.tracing.active).to.equal(false);
    expect(service.tracing.start().start().active).to.equal(true);
    expect(await service.translate('a')).to.equal('A');
    expect(service.tracing.finishedSpans()).to.have.lengthOf(1);
    const report = await service.tracing.close();
    expect(report.complete).to.equal(true);
    expect(await service.tracing.close()).to.equal(report);
    expect(service.tracing.active).to.equal(false);
    expect(await service.translate('a')).to.equal('A');
    expect(warnings.seen).to.deep.equal([]);
  });

  it('takes what one writes by hand as well', () => {
    const tracing = createTracing({ provider: 'memory', sampling: { ratio: 0.5 }, exclusive: true, serviceName: 'a' });
    made.push(tracing);
    expect(tracing.start().active).to.equal(true);
    expect(tracing.status().config).to.deep.include({ serviceName: 'a' });
    expect((tracing as ScopedTracing & { exclusive: boolean }).exclusive).to.equal(true);
  });

  it('sends to Langfuse with its keys', async () => {
    const server = await new OtlpServer().start();
    try {
      const host = new URL(server.endpoint).origin;
      const service = new Translator({ tracing: { provider: 'langfuse', public_key: 'pk', secret_key: 'sk', host } });
      made.push(service.tracing.start());
      await service.translate('a');
      expect(await service.tracing.close()).to.deep.include({ complete: true });
      const [request] = server.requests;
      expect(request?.path).to.equal('/api/public/otel/v1/traces');
      expect(request?.headers.authorization).to.equal(`Basic ${Buffer.from('pk:sk').toString('base64')}`);
      expect(server.spans.map(({ name }) => name)).to.deep.equal(['Translator.translate']);
      expect(warnings.seen).to.deep.equal([]);
    } finally {
      await server.stop();
    }
  });

  it('goes on when nothing can be delivered', async () => {
    const tracing = { provider: 'langfuse', ...KEYS, host: 'http://127.0.0.1:9' };
    const service = new Translator({ tracing });
    service.tracing.start();
    expect(await service.translate('a')).to.equal('A');
    expect(await service.tracing.close(200)).to.deep.include({ complete: false });
    expect(JSON.stringify(warnings.seen)).not.to.include('hunter2');
  });

  const inert: Record<string, unknown> = { nothing: undefined, none: {}, off: { provider: 'memory', enabled: false } };
  for (const [what, raw] of Object.entries(inert)) {
    it(`is inert and says nothing: ${what}`, () => {
      const tracing = create(raw).start();
      expect(tracing.active).to.equal(false);
      expect(tracing.status()).to.include({ state: 'off' });
      expect(warnings.seen).to.deep.equal([]);
    });
  }

  it('is inert for a provider that is not known, which was said', () => {
    expect(create({ provider: 'weavy' }).start().active).to.equal(false);
    expect(warnings.codes()).to.deep.equal(['CONFIG_PROVIDER_UNKNOWN']);
  });

  const incomplete: Record<string, readonly [raw: object, code: string, hint: RegExp]> = {
    langfuse: [{ publicKey: 'pk' }, 'CONFIG_DESTINATION_INACTIVE', /LANGFUSE_SECRET_KEY/],
    azure_ai: [{}, 'CONFIG_DESTINATION_INACTIVE', /APPLICATIONINSIGHTS_CONNECTION_STRING/],
    phoenix: [{ only: 'hunter2', content: 'sk-lf-hunter2' }, 'CONFIG_TRACING_INACTIVE', /./],
  };
  for (const [provider, [raw, code, hint]] of Object.entries(incomplete)) {
    it(`goes on untraced with one warning, for ${provider}: ${code}`, async () => {
      const service = new Translator({ tracing: { provider, ...raw } });
      made.push(service.tracing);
      expect(warnings.seen).to.deep.equal([]);
      expect(service.tracing.start().start().active).to.equal(false);
      expect(await service.translate('a')).to.equal('A');
      expect(warnings.codes()).to.deep.equal([code]);
      expect(warnings.seen[0]).to.include({ provider });
      expect(warnings.seen[0]?.hint).to.match(hint);
      expect(service.tracing.status()).to.include({ state: 'off' }).and.to.have.property('reason').that.is.a('string');
      expect(await service.tracing.close()).to.deep.equal({ complete: true, destinations: {} });
    });
  }

  it('says nothing of keys where a variable switches tracing off', async () => {
    await withVariables({ SPANWRIGHT_DISABLE_ALL: 'true' }, () => {
      expect(create({ provider: 'phoenix', content: 5 }).start().active).to.equal(false);
      expect(warnings.seen).to.deep.equal([]);
    });
  });

  it('leaves out options that are not known, and says which', () => {
    const tracing = create({ provider: 'memory', batch_mode: true, colour: 'red', maxQueue: 5 }).start();
    expect(tracing.active).to.equal(true);
    expect(warnings.codes()).to.deep.equal(['CONFIG_OPTION_IGNORED']);
    expect(warnings.seen[0]?.message).to.equal('colour, batchMode of "memory" has no effect');
  });

  it('says once what would help where Live Metrics are wanted', () => {
    create({ provider: 'azure_ai', connectionString: AZURE, enable_live_metrics: true }).start().start();
    const said = warnings.seen.filter(({ code }) => code === 'CONFIG_OPTION_IGNORED');
    expect(said).to.have.lengthOf(1);
    expect(said[0]).to.include({ provider: 'azure_ai' });
    expect(said[0]?.hint).to.include('@azure/monitor-opentelemetry');
  });

  it('throws for options that are wrong, as ever, and warns where only a key is missing', () => {
    let thrown: unknown;
    try {
      createTracing({ destinations: [{ provider: 'langfuse', content: 'all' as never }] });
    } catch (error) {
      thrown = error;
    }
    expect(isSpanwrightError(thrown) && thrown.code).to.equal('CONFIG_INVALID');
    const tracing = createTracing({ destinations: [{ provider: 'langfuse' }, { provider: 'memory' }] });
    made.push(tracing.start());
    expect(tracing.active).to.equal(true);
    expect(warnings.codes()).to.deep.equal(['CONFIG_DESTINATION_INACTIVE']);
  });

  describe('content', () => {
    const tierOf = (raw: object): Promise<string | undefined> =>
      withVariables(SENT, () => {
        const { destinations } = create({ ...KEYS, connectionString: AZURE, ...raw }).status().privacy;
        return Object.values(destinations)[0]?.content;
      });

    const tiers: Record<string, readonly [raw: object, tier: string]> = {
      'of Azure by default': [{ provider: 'azure_ai' }, 'digest'],
      'of Azure that is wanted': [{ provider: 'azure_ai', enable_content_recording: true }, 'redacted'],
      'of Azure that is not wanted': [{ provider: 'azure_ai', enableContentRecording: false }, 'none'],
      'of Langfuse by default': [{ provider: 'langfuse' }, 'redacted'],
      'of Langfuse that is not wanted': [{ provider: 'langfuse', enable_content_recording: 'false' }, 'none'],
      'at a tier of its own': [{ provider: 'azure_ai', content: 'full', enableContentRecording: true }, 'full'],
      'at a tier, and not wanted': [{ provider: 'azure_ai', content: 'full', enableContentRecording: false }, 'none'],
      'at a tier without a word on it': [{ provider: 'azure_ai', content: 'none' }, 'none'],
    };
    for (const [what, [raw, tier]] of Object.entries(tiers)) {
      it(`${what} is ${tier}`, async () => {
        expect(await tierOf(raw)).to.equal(tier);
      });
    }
  });

  describe('the host of Langfuse', () => {
    const endpointOf = (raw: object): unknown =>
      (
        create({ provider: 'langfuse', ...raw }).status().config['destinations'] as {
          transport: { endpoint: string };
        }[]
      )[0]?.transport.endpoint;
    const path = '/api/public/otel/v1/traces';
    const env = { LANGFUSE_HOST: 'https://own.example', LANGFUSE_PUBLIC_KEY: 'pk', LANGFUSE_SECRET_KEY: 'sk' };

    it('is that of the keys', () =>
      withVariables({ ...env, ...SENT }, () => {
        expect(endpointOf({}), 'all of the environment').to.equal(`https://own.example${path}`);
        expect(endpointOf(KEYS), 'none of it').to.equal(`https://cloud.langfuse.com${path}`);
        expect(endpointOf({ host: 'https://h.example' })).to.equal(`https://h.example${path}`);
        expect(endpointOf({ ...KEYS, region: 'us' })).to.equal(`https://us.cloud.langfuse.com${path}`);
      }));
  });
});
