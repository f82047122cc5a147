import { expect } from 'chai';
import { configureTracing, LlmCall } from 'spanwright';
import type { DestinationOptions, Tracing } from 'spanwright';

import type { ArrivedRequest } from './otlp-server.js';
import { OtlpServer } from './otlp-server.js';

const QUESTION = 'Why does the printer of anna@example.com jam?';
const ANSWER = 'Open the tray.';

class Desk {
  @LlmCall({ provider: 'openai' })
  async ask(request: { model: string; messages: object[] }): Promise<object> {
    await Promise.resolve();
    return {
      id: 'chatcmpl-1',
      object: 'chat.completion',
      model: `${request.model}-2024-07-18`,
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: ANSWER } }],
      usage: { prompt_tokens: 11, completion_tokens: 5, total_tokens: 16 },
    };
  }
}

type Vocabulary = 'gen-ai' | 'openinference' | 'langfuse';

interface Case {
  readonly options: Record<string, unknown>;
  readonly path: string;
  /** As Node reads them: names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly vocabulary?: Vocabulary;
  readonly tier: 'redacted' | 'digest';
  readonly resource?: Readonly<Record<string, string>>;
}

const k = { apiKey: 'key-1' };
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const project = { 'openinference.project.name': 'tickets' };

const CASES: Readonly<Record<string, Case>> = {
  phoenix: {
    options: { ...k, project: 'tickets' },
    path: '/v1/traces',
    headers: { authorization: 'Bearer key-1', 'x-project-name': 'tickets' },
    vocabulary: 'openinference',
    tier: 'redacted',
    resource: project,
  },
  arize: {
    options: { ...k, spaceId: 'space-1', project: 'tickets' },
    path: '/v1/traces',
    headers: { 'arize-space-id': 'space-1', 'arize-api-key': 'key-1' },
    vocabulary: 'openinference',
    tier: 'redacted',
    resource: project,
  },
  langfuse: {
    options: { publicKey: 'pk', secretKey: 'sk' },
    path: '/api/public/otel/v1/traces',
    headers: { authorization: `Basic ${base64('pk:sk')}`, 'x-langfuse-ingestion-version': '4' },
    vocabulary: 'langfuse',
    tier: 'redacted',
  },
  langsmith: {
    options: { ...k, project: 'tickets' },
    path: '/otel/v1/traces',
    headers: { 'x-api-key': 'key-1', 'langsmith-project': 'tickets' },
    tier: 'redacted',
  },
  langwatch: {
    options: { ...k, projectId: 'p' },
    path: '/api/otel/v1/traces',
    headers: { authorization: 'Bearer key-1', 'x-project-id': 'p' },
    tier: 'redacted',
  },
  braintrust: {
    options: { ...k, parent: 'project_name:tickets' },
    path: '/otel/v1/traces',
    headers: { authorization: 'Bearer key-1', 'x-bt-parent': 'project_name:tickets' },
    tier: 'redacted',
  },
  opik: {
    options: { ...k, workspace: 'w', project: 'tickets' },
    path: '/opik/api/v1/private/otel/v1/traces',
    headers: { authorization: 'key-1', 'comet-workspace': 'w', projectname: 'tickets' },
    tier: 'redacted',
  },
  honeycomb: {
    options: { ...k, dataset: 'd' },
    path: '/v1/traces',
    headers: { 'x-honeycomb-team': 'key-1', 'x-honeycomb-dataset': 'd' },
    tier: 'digest',
  },
  datadog: {
    options: { ...k, mode: 'agentless' },
    path: '/v1/traces',
    headers: { 'dd-api-key': 'key-1', 'dd-otlp-source': 'llmobs' },
    tier: 'digest',
  },
  grafana_cloud: {
    options: { instanceId: '7', token: 'glc_1' },
    path: '/otlp/v1/traces',
    headers: { authorization: `Basic ${base64('7:glc_1')}` },
    tier: 'digest',
  },
  tempo: { options: { tenant: 'red' }, path: '/v1/traces', headers: { 'x-scope-orgid': 'red' }, tier: 'digest' },
  jaeger: { options: {}, path: '/v1/traces', tier: 'digest' },
  mlflow: {
    options: { experimentId: '42' },
    path: '/v1/traces',
    headers: { 'x-mlflow-experiment-id': '42' },
    tier: 'redacted',
  },
  logfire: { options: { token: 't' }, path: '/v1/traces', headers: { authorization: 't' }, tier: 'redacted' },
  otlp: {
    options: { headers: { 'x-api-key': 'own' } },
    path: '/v1/traces',
    headers: { 'x-api-key': 'own' },
    tier: 'digest',
  },
};

// What each vocabulary calls the model, the tokens that went in and came out.
const FACTS: Readonly<Record<Vocabulary, Readonly<Record<string, unknown>>>> = {
  'gen-ai': {
    'gen_ai.request.model': 'gpt-4o-mini',
    'gen_ai.usage.input_tokens': 11,
    'gen_ai.usage.output_tokens': 5,
  },
  openinference: {
    'openinference.span.kind': 'LLM',
    'llm.model_name': 'gpt-4o-mini-2024-07-18',
    'llm.token_count.prompt': 11,
    'llm.token_count.completion': 5,
  },
  langfuse: {
    'langfuse.observation.type': 'generation',
    'langfuse.observation.model.name': 'gpt-4o-mini-2024-07-18',
  },
};

describe('a preset on the wire', () => {
  let server: OtlpServer;
  let tracing: Tracing | undefined;

  beforeEach(async () => {
    server = await new OtlpServer().start();
  });
  afterEach(async () => {
    await tracing?.shutdown(500);
    tracing = undefined;
    await server.stop();
  });

  async function arrived(provider: string, options: object): Promise<ArrivedRequest> {
    const endpoint = new URL(server.endpoint).origin;
    const destination = { provider, endpoint, ...options } as DestinationOptions;
    tracing = configureTracing({ serviceName: 'desk', destinations: [destination] });
    await new Desk().ask({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: QUESTION }] });
    await tracing.flush();
    expect(server.requests).to.have.lengthOf(1);
    return server.requests[0] ?? expect.fail('nothing arrived');
  }

  for (const [provider, { options, path, headers = {}, vocabulary = 'gen-ai', tier, resource = {} }] of Object.entries(
    CASES,
  )) {
    it(`of ${provider} is a request that the backend understands`, async () => {
      const request = await arrived(provider, options);
      expect(request).to.include({ method: 'POST', path });
      expect(request.headers).to.include({
        'content-type': 'application/x-protobuf',
        'content-encoding': 'gzip',
        ...headers,
      });
      const [span] = request.spans;
      expect(request.spans).to.have.lengthOf(1);
      expect(span?.name).to.equal('chat gpt-4o-mini');
      expect(span?.resource).to.include({ 'service.name': 'desk', ...resource });
      expect(span?.attributes).to.include(FACTS[vocabulary]);
      const text = JSON.stringify(span?.attributes);
      expect(text).to.not.contain('anna@example.com');
      if (tier === 'redacted') expect(text).to.contain(ANSWER).and.contain('[REDACTED]');
      else {
        expect(text).to.not.contain(ANSWER);
        expect(span?.attributes).to.have.property('spanwright.request.digest');
      }
    });
  }

  it('of one that sends no key has none', async () => {
    const request = await arrived('datadog', { apiKey: 'key-1' });
    expect(request.headers).to.not.have.any.keys('dd-api-key', 'authorization');
  });

  it('of one that takes JSON may be JSON', async () => {
    const request = await arrived('honeycomb', { ...k, encoding: 'json' });
    expect(request.headers).to.include({ 'content-type': 'application/json', 'x-honeycomb-team': 'key-1' });
    expect(request.spans[0]?.attributes).to.include(FACTS['gen-ai']);
  });
});
