import type { Attributes, Span } from '@opentelemetry/api';
import { warn } from '../core/diagnostics.js';
import type { TracingScope } from '../core/scope.js';
import { Budget } from './delivery/budget.js';
import { secretsOf } from './delivery/known-secrets.js';
import { LastResort } from './delivery/last-resort.js';
import { Quiet } from './delivery/quiet.js';
import type { Destination } from './destinations/destination.js';
import type { DestinationSettings } from './settings.js';
import { createDestination } from './destinations/create.js';
import type { OutletRules } from './outlet.js';
import { Outlet } from './outlet.js';
import { Pipeline } from './pipeline.js';
import { openSelection } from './selection/selection.js';
import { putContentOnSpan } from './projection/content-on-span.js';
import type { FinishedSpan } from './finished-span.js';
import type { Sdk } from './sdk.js';
import { MissingPackage } from './sdk.js';

/** Says that packages are missing, with the command that installs them. */
export function warnMissing(error: MissingPackage, what: string, provider?: string): void {
  const warning = { code: 'HOST_SDK_MISSING', message: `${what} is off: ${error.message}`, hint: error.hint };
  warn(provider === undefined ? warning : { ...warning, provider });
}

function tryCreate(settings: DestinationSettings, sdk: Sdk): Destination | undefined {
  try {
    return createDestination(settings, sdk);
  } catch (error) {
    if (!(error instanceof MissingPackage)) throw error;
    warnMissing(error, `destination "${settings.name}"`, settings.provider);
    return undefined;
  }
}

/** The SDK's resource for these attributes, with those that the SDK adds itself. */
export function createResource(sdk: Sdk, attributes: Attributes): FinishedSpan['resource'] {
  const { defaultResource, resourceFromAttributes } = sdk.resources;
  return defaultResource().merge(resourceFromAttributes(attributes));
}

/** What stands between calls and all destinations of a configuration. */
export interface PipelineGate extends Pick<OutletRules, 'privacy' | 'hidden'> {
  readonly contentOnSpan: boolean;
  /** Whose spans alone its destinations take. */
  readonly scope?: TracingScope;
  /** Called when the pipeline ends. */
  readonly onClose?: () => void;
  /** Characters of one attribute, on spans. */
  readonly maxContentChars: number | undefined;
  /** Bytes that all destinations may hold together. */
  readonly maxBytes: number;
  /** Where losses are said when nothing else works: `stderr`, or a file. */
  readonly lastResort: string;
}

/** Makes the pipeline of some settings; a destination whose exporter is missing is said and left out. */
export function createPipeline(
  settings: readonly DestinationSettings[],
  sdk: Sdk,
  resource: FinishedSpan['resource'] | undefined,
  { privacy, hidden, contentOnSpan, onClose, scope, maxContentChars, maxBytes, lastResort: path }: PipelineGate,
): Pipeline {
  const outlets: Outlet[] = [];
  const missing: { name: string; reason: string }[] = [];
  const lastResort = new LastResort(path === 'stderr' ? undefined : path);
  const parts = {
    budget: new Budget(maxBytes),
    quiet: new Quiet(sdk.core.suppressTracing),
    lastResort,
    onBreaker: () => pipeline.noteBreakers(),
  };
  for (const one of settings) {
    const destination = tryCreate(one, sdk);
    if (destination === undefined) {
      missing.push({ name: one.name, reason: 'a package is missing' });
      continue;
    }
    const selection = openSelection(one, scope);
    const secrets = secretsOf(one.transport);
    const rules = { ...one, maxContentChars: one.maxContentChars, selection, resource, privacy, hidden, secrets };
    outlets.push(new Outlet(rules, destination, parts));
  }
  const onSpan = { privacy, hidden, maxContentChars };
  const put = contentOnSpan ? (span: object): void => putContentOnSpan(span as Span, onSpan) : undefined;
  const pipeline = new Pipeline(outlets, missing, { lastResort, putContent: put, onClose });
  return pipeline;
}
