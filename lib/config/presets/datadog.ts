import { isSite } from '../option-checks.js';
import type { BackendPreset, PresetValues } from './preset.js';

const isAgentless = ({ mode }: PresetValues): boolean => mode === 'agentless';

/** Datadog. Source: docs.datadoghq.com, OTLP ingestion by the agent and LLM Observability, read 2026-11-20. */
export const datadog: BackendPreset = {
  about: 'Datadog: through its agent, whose OTLP receiver is off by default, or agentless to LLM Observability',
  vocabulary: 'gen-ai',
  content: 'digest',
  limits: {},
  fields: {
    mode: {
      meaning: '`agent` or `agentless`',
      variables: [],
      accepts: (value) => value === 'agent' || value === 'agentless',
      expected: 'one of agent, agentless',
      fallback: 'agent',
    },
    apiKey: {
      meaning: 'the API key of Datadog',
      variables: ['DD_API_KEY'],
      isSecret: true,
      isAsked: isAgentless,
      isNeeded: isAgentless,
    },
    site: {
      meaning: 'the Datadog site',
      variables: ['DD_SITE'],
      isAsked: isAgentless,
      accepts: isSite,
      expected: 'a site such as datadoghq.eu; that of the government takes no OTLP',
      fallback: 'datadoghq.com',
    },
  },
  http: {
    encodings: ['protobuf'],
    path: () => '/v1/traces',
    defaultUrl: (values) => (isAgentless(values) ? `https://otlp.${values['site']}` : 'http://localhost:4318'),
    endpointVariables: [],
    headers: (values) => (isAgentless(values) ? { 'dd-api-key': values['apiKey'], 'dd-otlp-source': 'llmobs' } : {}),
  },
  quota: '429',
  example: "{ provider: 'datadog', mode: 'agentless', site: 'datadoghq.eu' }",
};
