import type { Attributes } from '@opentelemetry/api';
import { warn } from '../core/diagnostics.js';
import type { Destination } from './destinations/destination.js';
import type { DestinationSettings } from './destinations/create.js';
import { createDestination } from './destinations/create.js';
import { Outlet } from './outlet.js';
import { Pipeline } from './pipeline.js';
import type { FinishedSpan } from './finished-span.js';
import type { Sdk } from './sdk.js';
import { MissingPackage } from './sdk.js';

/** Says that packages are missing, with the command that installs them. */
export function warnMissing(error: MissingPackage, what: string): void {
  warn({ code: 'HOST_SDK_MISSING', message: `${what} is off: ${error.message}`, hint: error.hint });
}

function tryCreate(settings: DestinationSettings, sdk: Sdk): Destination | undefined {
  try {
    return createDestination(settings, sdk);
  } catch (error) {
    if (!(error instanceof MissingPackage)) throw error;
    warnMissing(error, `destination "${settings.name}"`);
    return undefined;
  }
}

/** The SDK's resource for these attributes, with those that the SDK adds itself. */
export function createResource(sdk: Sdk, attributes: Attributes): FinishedSpan['resource'] {
  const { defaultResource, resourceFromAttributes } = sdk.resources;
  return defaultResource().merge(resourceFromAttributes(attributes));
}

type HostResource = FinishedSpan['resource'] & {
  readonly asyncAttributesPending?: boolean;
  waitForAsyncAttributes?: () => Promise<void>;
};

// Detectors of a host know some attributes only later; an exporter that reads them before that sends a part.
function afterResource(destination: Destination): Destination {
  if (destination.isImmediate) return destination;
  const send = destination.export.bind(destination);
  destination.export = async (spans) => {
    const pending = new Set(spans.map((span) => span.resource as HostResource));
    for (const resource of pending) {
      if (resource.asyncAttributesPending === true) await resource.waitForAsyncAttributes?.();
    }
    await send(spans);
  };
  return destination;
}

/** Makes the pipeline of some settings; a destination whose exporter is missing is said and left out. */
export function createPipeline(
  settings: readonly DestinationSettings[],
  sdk: Sdk,
  resource: FinishedSpan['resource'] | undefined,
): Pipeline {
  const outlets: Outlet[] = [];
  const missing: { name: string; reason: string }[] = [];
  for (const one of settings) {
    const destination = tryCreate(one, sdk);
    if (destination === undefined) {
      missing.push({ name: one.name, reason: 'a package is missing' });
      continue;
    }
    const { name, content, granularity, vocabulary, maxQueue } = one;
    outlets.push(
      new Outlet(
        { name, content, granularity, vocabulary, maxQueue, resource },
        resource === undefined ? afterResource(destination) : destination,
      ),
    );
  }
  return new Pipeline(outlets, missing);
}
