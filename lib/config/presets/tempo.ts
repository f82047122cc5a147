import type { BackendPreset } from './preset.js';

/** Grafana Tempo. Source: grafana/tempo, `docs/sources/tempo/configuration`, read 2026-08-21. */
export const tempo: BackendPreset = {
  about: 'Grafana Tempo on one’s own machines',
  vocabulary: 'gen-ai',
  content: 'digest',
  limits: { attributeBytes: 2048 },
  fields: { tenant: { meaning: 'the tenant, where multitenancy is on', variables: [] } },
  http: {
    encodings: ['protobuf', 'json'],
    path: () => '/v1/traces',
    defaultUrl: () => 'http://localhost:4318',
    endpointVariables: [],
    headers: ({ tenant }) => ({ 'X-Scope-OrgID': tenant }),
  },
  quota: '429; attribute values are cut at 2,048 bytes unless `distributor.max_attribute_bytes` says more',
  example: "{ provider: 'tempo', endpoint: 'http://tempo:4318', tenant: 'support' }",
};
