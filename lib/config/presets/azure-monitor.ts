import { isConnectionString } from '../connection-string.js';
import type { Preset } from './preset.js';
import { always } from './preset.js';

const LONG = [
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.system_instructions',
  'gen_ai.tool.definitions',
  'gen_ai.tool.call.arguments',
  'gen_ai.tool.call.result',
  'gen_ai.evaluation.explanation',
];

/**
 * Azure Monitor through Microsoft's own exporter, which speaks no OTLP.
 * What it sends of its own and cannot be told not to: the versions of Node, OpenTelemetry and itself, and the host's name as
 * the role instance where the resource has no `service.instance.id`; the resource once a batch, which
 * `APPLICATIONINSIGHTS_OPENTELEMETRY_RESOURCE_METRIC_DISABLED=true` ends. It follows redirects within the domains of Azure Monitor.
 * Source: `@azure/monitor-opentelemetry-exporter` 1.0.0-beta.45, read 2026-11-20.
 */
export const azureMonitor: Preset = {
  about: 'Azure Monitor, Application Insights: through the optional `@azure/monitor-opentelemetry-exporter`',
  vocabulary: 'gen-ai',
  content: 'digest',
  // The exporter cuts longer values in the middle; those that hold messages, tools and their arguments have 256 KB.
  limits: { attributeBytes: 8192, contentAttributeBytes: 262_144, contentAttributes: LONG },
  fields: {
    connectionString: {
      meaning: 'the connection string of the Application Insights resource',
      variables: ['APPLICATIONINSIGHTS_CONNECTION_STRING'],
      isSecret: true,
      accepts: isConnectionString,
      expected: 'pieces `name=value` between semicolons, with an InstrumentationKey',
      isNeeded: always,
    },
  },
  quota: '429 and 439; 206 for some spans of a request',
  example: "{ provider: 'azure_monitor' }",
};
