import type { BackendPreset } from './preset.js';
import { always, basicAuth } from './preset.js';

/** Grafana Cloud. Source: grafana.com/docs, send data by OTLP, read 2026-11-20; variables as in Grafana's distributions. */
export const grafanaCloud: BackendPreset = {
  about: 'Grafana Cloud: Tempo as a service',
  vocabulary: 'gen-ai',
  content: 'digest',
  limits: { attributeBytes: 2048 },
  fields: {
    instanceId: {
      meaning: 'the instance id of the stack',
      variables: ['GRAFANA_CLOUD_INSTANCE_ID'],
      isNeeded: always,
    },
    token: {
      meaning: 'an access policy token, `glc_…`',
      variables: ['GRAFANA_CLOUD_API_KEY'],
      isSecret: true,
      isNeeded: always,
    },
  },
  http: {
    encodings: ['protobuf', 'json'],
    path: () => '/otlp/v1/traces',
    regionUrl: (region) => `https://otlp-gateway-prod-${region.replace(/^prod-/, '')}.grafana.net`,
    regionVariables: ['GRAFANA_CLOUD_ZONE'],
    endpointVariables: [],
    headers: ({ instanceId, token }) => ({ authorization: basicAuth(instanceId, token) }),
  },
  quota: '429 with Retry-After; attribute values are cut at 2,048 bytes',
  example: "{ provider: 'grafana_cloud', region: 'eu-west-2', instanceId: '123456' }",
};
