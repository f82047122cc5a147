import type { FinishedSpan } from '../finished-span.js';
import type { AttributeWriter } from './attributes.js';
import type { ProtobufWriter } from './writer.js';

type Resource = FinishedSpan['resource'] & { readonly schemaUrl?: string; readonly asyncAttributesPending?: boolean };
type Scope = FinishedSpan['instrumentationScope'] & {
  readonly attributes?: object;
  readonly droppedAttributesCount?: number;
};

const FIRST_FIELD = 0x0a;
const SCHEMA_URL = 0x1a;
const RESOURCE = { attributes: 0x0a, droppedAttributes: 0x10 } as const;
const SCOPE = { name: 0x0a, version: 0x12, attributes: 0x1a, droppedAttributes: 0x20 } as const;

/** What stands before and behind the messages that belong to a resource or to a scope. */
export interface Frame {
  readonly before: Uint8Array;
  readonly behind: Uint8Array;
  /** The same for two that say the same. */
  readonly says: string;
}

function sorted(attributes: object | undefined): object | undefined {
  if (attributes === undefined) return undefined;
  return Object.fromEntries(Object.entries(attributes).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** Writes the frames of resources and scopes, once for each object. */
export class FrameWriter {
  readonly #writer: ProtobufWriter;
  readonly #attributes: AttributeWriter;
  readonly #known = new WeakMap<object, Frame>();

  /** The writer holds nothing between two frames. */
  constructor(writer: ProtobufWriter, attributes: AttributeWriter) {
    this.#writer = writer;
    this.#attributes = attributes;
  }

  /** The resource of ResourceSpans, and its schema. */
  ofResource(resource: Resource): Frame {
    const known = this.#known.get(resource);
    if (known !== undefined) return known;
    const frame = this.#frame(resource, (attributes) => this.#putResource(attributes));
    // Detectors may still add to it.
    if (resource.asyncAttributesPending !== true) this.#known.set(resource, frame);
    return frame;
  }

  /** The scope of ScopeSpans, and its schema. */
  ofScope(scope: Scope): Frame {
    const known = this.#known.get(scope);
    if (known !== undefined) return known;
    const frame = this.#frame(scope, (attributes) => this.#putScope(scope, attributes));
    this.#known.set(scope, frame);
    return frame;
  }

  #frame(
    { attributes, schemaUrl }: { readonly attributes?: object; readonly schemaUrl?: string },
    put: (attributes: object | undefined) => void,
  ): Frame {
    const before = this.#written(() => this.#message(() => put(attributes)));
    const behind = this.#written(() => {
      if (schemaUrl) this.#writer.text(SCHEMA_URL, schemaUrl);
    });
    const whole = this.#written(() => {
      this.#message(() => put(sorted(attributes)));
      this.#writer.raw(behind);
    });
    return { before, behind, says: Buffer.from(whole).toString('latin1') };
  }

  #written(write: () => void): Uint8Array {
    try {
      write();
      return this.#writer.since(0);
    } finally {
      this.#writer.clear();
    }
  }

  #message(write: () => void): void {
    const writer = this.#writer;
    writer.reserve(writer.at + 1);
    writer.bytes[writer.at++] = FIRST_FIELD;
    const start = writer.open(1);
    write();
    writer.close(start, 1);
  }

  #putResource(attributes: object | undefined): void {
    if (attributes) this.#attributes.write(RESOURCE.attributes, attributes);
    this.#writer.uint32(RESOURCE.droppedAttributes, 0);
  }

  #putScope({ name, version, droppedAttributesCount }: Scope, attributes: object | undefined): void {
    const writer = this.#writer;
    writer.text(SCOPE.name, name);
    if (version) writer.text(SCOPE.version, version);
    if (attributes) this.#attributes.write(SCOPE.attributes, attributes);
    if (droppedAttributesCount) writer.uint32(SCOPE.droppedAttributes, droppedAttributesCount);
  }
}
