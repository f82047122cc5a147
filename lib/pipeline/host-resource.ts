import type { ReadableSpan } from '@opentelemetry/sdk-trace';

type HostResource = ReadableSpan['resource'] & {
  readonly asyncAttributesPending?: boolean;
  waitForAsyncAttributes?: () => Promise<void>;
};

/** Tells whether detectors of a host are still looking for attributes of the span. */
export function isResourcePending({ resource }: ReadableSpan): boolean {
  return (resource as HostResource).asyncAttributesPending === true;
}

/** Waits for the attributes that detectors of a host are still looking for. */
export async function waitForResources(spans: readonly ReadableSpan[]): Promise<void> {
  const pending = new Set(spans.map((span) => span.resource as HostResource));
  for (const resource of pending) {
    if (resource.asyncAttributesPending === true) await resource.waitForAsyncAttributes?.();
  }
}
