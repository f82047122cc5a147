import type { Gate } from '../../privacy/gate.js';
import type { FinishedSpan } from '../finished-span.js';
import { gateAttributes } from './gate-span.js';

type Resource = FinishedSpan['resource'];

// By the gate and the resource, which thousands of spans share; an exporter groups spans by its identity.
const known = new WeakMap<Gate, WeakMap<Resource, Resource>>();

/** A resource as it may leave. Detectors put command lines and environments into it. */
export function gateResource(resource: Resource, gate: Gate): Resource {
  let gated = known.get(gate);
  if (gated === undefined) known.set(gate, (gated = new WeakMap()));
  const before = gated.get(resource);
  if (before !== undefined) return before;
  const attributes = gateAttributes(resource.attributes, gate, ['resource']);
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
