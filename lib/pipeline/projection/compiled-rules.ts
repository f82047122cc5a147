import type { Attributes } from '@opentelemetry/api';
import type { Gate } from '../../privacy/gate.js';
import type { FinishedSpan } from '../finished-span.js';
import { gateResource, gateScope } from './gate-resource.js';
import type { CompiledLimits } from './limits/compiled-limits.js';
import { compileLimits } from './limits/compiled-limits.js';
import type { ProjectionRules } from './projection-rules.js';

type Resource = FinishedSpan['resource'];
type Scope = FinishedSpan['instrumentationScope'];

/** A gate, and what it said of the resource and the scope of the last span: the next one mostly has the same. */
export class SharedParts {
  readonly gate: Gate;
  readonly #added: Attributes | undefined;
  #resource: Resource | undefined;
  #shownResource: Resource | undefined;
  #scope: Scope | undefined;
  #shownScope: Scope | undefined;

  constructor(gate: Gate, added: Attributes | undefined) {
    this.gate = gate;
    this.#added = added;
  }

  resource(resource: Resource): Resource {
    if (this.#shownResource !== undefined && this.#resource === resource) return this.#shownResource;
    const shown = gateResource(resource, this.gate, this.#added);
    // What detectors are still looking for comes later.
    const isPending = (resource as { asyncAttributesPending?: boolean }).asyncAttributesPending === true;
    this.#resource = resource;
    this.#shownResource = isPending ? undefined : shown;
    return shown;
  }

  scope(scope: Scope): Scope {
    if (this.#shownScope !== undefined && this.#scope === scope) return this.#shownScope;
    this.#scope = scope;
    this.#shownScope = gateScope(scope, this.gate);
    return this.#shownScope;
  }
}

/** What is worked out of rules once. */
export interface CompiledRules {
  /** Undefined where there are none. */
  readonly limits: CompiledLimits | undefined;
  readonly full: SharedParts;
  readonly redacted: SharedParts;
}

const known = new WeakMap<ProjectionRules, CompiledRules>();

/** What was worked out of these rules, once for each object of them. */
export function compiledRules(rules: ProjectionRules): CompiledRules {
  let compiled = known.get(rules);
  if (compiled === undefined) {
    const { privacy, limits, maxContentChars, resourceAttributes } = rules;
    compiled = {
      limits: compileLimits(limits ?? {}, maxContentChars),
      full: new SharedParts(privacy.full, resourceAttributes),
      redacted: new SharedParts(privacy.redacted, resourceAttributes),
    };
    known.set(rules, compiled);
  }
  return compiled;
}
