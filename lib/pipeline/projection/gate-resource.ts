import type { Attributes } from '@opentelemetry/api';
import type { Gate } from '../../privacy/gate.js';
import type { FinishedSpan } from '../finished-span.js';
import { gateAttributes } from './gate-span.js';

type Resource = FinishedSpan['resource'];

// By the gate, what a destination adds and the resource, which thousands of spans share; an exporter groups spans by its
// identity.
const known = new WeakMap<Gate, WeakMap<Attributes, WeakMap<Resource, Resource>>>();

function gatedBy(gate: Gate, added: Attributes): WeakMap<Resource, Resource> {
  let byAdded = known.get(gate);
  if (byAdded === undefined) known.set(gate, (byAdded = new WeakMap()));
  let gated = byAdded.get(added);
  if (gated === undefined) byAdded.set(added, (gated = new WeakMap()));
  return gated;
}

function merged(resource: Resource, added: Attributes): Attributes {
  for (const key in added) if (added[key] !== resource.attributes[key]) return { ...resource.attributes, ...added };
  return resource.attributes;
}

/** What a destination adds that adds nothing. */
export const NOTHING_ADDED: Attributes = Object.freeze({});

/** A resource as it may leave, with what a destination adds. Detectors put command lines and environments into it. */
export function gateResource(resource: Resource, gate: Gate, added: Attributes = NOTHING_ADDED): Resource {
  const gated = gatedBy(gate, added);
  const before = gated.get(resource);
  if (before !== undefined) return before;
  const attributes = gateAttributes(merged(resource, added), gate, ['resource']);
  const { schemaUrl } = resource as { schemaUrl?: string };
  const made =
    attributes === resource.attributes ? resource : { attributes, ...(schemaUrl === undefined ? {} : { schemaUrl }) };
  // What detectors are still looking for comes later; until then no answer is the last one.
  if ((resource as { asyncAttributesPending?: boolean }).asyncAttributesPending !== true) gated.set(resource, made);
  return made;
}

type Scope = FinishedSpan['instrumentationScope'];

const knownScopes = new WeakMap<Gate, WeakMap<Scope, Scope>>();

/** An instrumentation scope as it may leave. */
export function gateScope(scope: Scope, gate: Gate): Scope {
  let gated = knownScopes.get(gate);
  if (gated === undefined) knownScopes.set(gate, (gated = new WeakMap()));
  const before = gated.get(scope);
  if (before !== undefined) return before;
  const name = gate.text(scope.name);
  const version = scope.version === undefined ? undefined : gate.text(scope.version);
  const isSame = name === scope.name && version === scope.version;
  const made = isSame ? scope : { ...scope, name, ...(version === undefined ? {} : { version }) };
  gated.set(scope, made);
  return made;
}
