import type { ParsedAzure, ParsedLangfuse, ParsedTracingConfig } from './parsed-tracing.js';
import { isWritten } from './parsed-tracing.js';

type Values = Record<string, unknown>;

const OF_TRACING = ['serviceName', 'serviceVersion', 'environment', 'sampling'] as const;
const NOT_OF_DESTINATIONS = new Set<string>([...OF_TRACING, 'enabled', 'exclusive']);
const OF_PARSING = new Set(['enableLiveMetrics', 'enableContentRecording', 'host']);

// Keys that come out of the environment belong to the host that stands there.
function hasOwnHost(parsed: ParsedTracingConfig): boolean {
  if (isWritten(parsed, 'host')) return true;
  const isElsewhere = isWritten(parsed, 'region') || isWritten(parsed, 'endpoint');
  return !isElsewhere && isWritten(parsed, 'publicKey') && isWritten(parsed, 'secretKey');
}

/** The destination that is meant: the default of content recording is no vote, what was written is. */
export function toDestination(parsed: ParsedTracingConfig): Values {
  const written = Object.entries(parsed).filter(([key]) => !NOT_OF_DESTINATIONS.has(key));
  const destination: Values = Object.fromEntries(written.filter(([key]) => !OF_PARSING.has(key)));
  const { host, enableContentRecording } = parsed as Partial<ParsedLangfuse & ParsedAzure>;
  if (host !== undefined && (parsed.provider !== 'langfuse' || hasOwnHost(parsed))) destination['host'] = host;
  if (!isWritten(parsed, 'enableContentRecording')) return destination;
  if (enableContentRecording !== true) return { ...destination, content: 'none' };
  return { content: 'redacted', ...destination };
}

/** The options of a tracing that has this destination alone. */
export function toOptions(parsed: ParsedTracingConfig, destination: Values): Values {
  const own = OF_TRACING.filter((key) => parsed[key] !== undefined).map((key) => [key, parsed[key]] as const);
  return { ...Object.fromEntries(own), destinations: [destination] };
}
