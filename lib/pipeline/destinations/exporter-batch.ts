import type { Attributes, AttributeValue, HrTime } from '@opentelemetry/api';
import type { Outcome } from '../delivery/outcome.js';
import type { FinishedSpan } from '../finished-span.js';
import type { Sdk } from '../sdk.js';
import type { Batch } from './destination.js';

type Resource = FinishedSpan['resource'];
type Scope = FinishedSpan['instrumentationScope'];

// Of ids, times and names, as an estimate: somebody else writes the request.
const SPAN_BYTES = 200;

const copyTime = ([seconds, nanoseconds]: HrTime): HrTime => [seconds, nanoseconds];

function copyValue(value: AttributeValue | undefined): AttributeValue | undefined {
  return Array.isArray(value) ? ([...value] as AttributeValue) : value;
}

function copyAttributes(attributes: Attributes): Attributes {
  const copy: Attributes = {};
  for (const key in attributes) copy[key] = copyValue(attributes[key]);
  return copy;
}

function copyOptional({ attributes }: { readonly attributes?: Attributes }): { attributes?: Attributes } {
  return attributes === undefined ? {} : { attributes: copyAttributes(attributes) };
}

/** A copy of a span in which everything may be changed. */
function copySpan(span: FinishedSpan, instrumentationScope: Scope, resource: Resource): FinishedSpan {
  const spanContext = { ...span.spanContext() };
  const parent = span.parentSpanContext;
  return {
    ...span,
    spanContext: () => spanContext,
    ...(parent === undefined ? {} : { parentSpanContext: { ...parent } }),
    startTime: copyTime(span.startTime),
    endTime: copyTime(span.endTime),
    duration: copyTime(span.duration),
    status: { ...span.status },
    attributes: copyAttributes(span.attributes),
    links: span.links.map((link) => ({ ...link, context: { ...link.context }, ...copyOptional(link) })),
    events: span.events.map((event) => ({ ...event, time: copyTime(event.time), ...copyOptional(event) })),
    instrumentationScope,
    resource,
  };
}

function attributeBytes(key: string, value: AttributeValue | undefined): number {
  if (typeof value === 'string') return key.length + value.length;
  return key.length + (Array.isArray(value) ? value.reduce((sum: number, item) => sum + String(item).length, 0) : 8);
}

/** Spans for an exporter that somebody else wrote; it gets copies, because others get the same spans. */
export class ExporterBatch implements Batch {
  readonly #spans: FinishedSpan[] = [];
  // Exporters group spans by the identity of their scope and resource.
  readonly #scopes = new Map<Scope, Scope>();
  readonly #resources = new Map<Resource, Resource>();
  readonly #sdk: Sdk;
  readonly #send: (spans: readonly FinishedSpan[], signal: AbortSignal) => Promise<Outcome>;
  #bytes = 0;

  constructor(sdk: Sdk, send: (spans: readonly FinishedSpan[], signal: AbortSignal) => Promise<Outcome>) {
    this.#sdk = sdk;
    this.#send = send;
  }

  get count(): number {
    return this.#spans.length;
  }

  get bytes(): number {
    return this.#bytes;
  }

  add(span: FinishedSpan): void {
    const copy = copySpan(span, this.#scopeOf(span.instrumentationScope), this.#resourceOf(span.resource));
    this.#spans.push(copy);
    this.#bytes += SPAN_BYTES;
    for (const { attributes } of [copy, ...copy.events, ...copy.links]) {
      for (const key in attributes) this.#bytes += attributeBytes(key, attributes[key]);
    }
  }

  send(signal: AbortSignal): Promise<Outcome> {
    return this.#send(this.#spans, signal);
  }

  #scopeOf(scope: Scope): Scope {
    let made = this.#scopes.get(scope);
    if (made === undefined) this.#scopes.set(scope, (made = { ...scope }));
    return made;
  }

  // With the methods of the SDK's, which some exporters call.
  #resourceOf(resource: Resource): Resource {
    let made = this.#resources.get(resource);
    if (made === undefined) {
      const { schemaUrl } = resource as { schemaUrl?: string };
      const attributes = copyAttributes(resource.attributes);
      const options = schemaUrl === undefined ? {} : { schemaUrl };
      this.#resources.set(resource, (made = this.#sdk.resources.resourceFromAttributes(attributes, options)));
    }
    return made;
  }
}
