import { SpanKind } from '@opentelemetry/api';
import type { CallTarget, Facet } from '../calls/facet.js';
import { guarded, refusePromise } from '../core/guard.js';
import { argumentsOf, write } from './agent-facets.js';
import { createCallFacet, numberOf, textOf } from './call-facet.js';
import { externalAttributes, noteStart, statusOf } from './external-facts.js';
import type { LooseOptions } from './loose-options.js';
import { RANK } from './ranks.js';

type Hook = (...args: unknown[]) => unknown;

function verdictOf(option: unknown, self: unknown, value: unknown): boolean | undefined {
  return guarded('HOOK_ON_RESULT', () => {
    const made = refusePromise(Reflect.apply(option as Hook, self, [value]));
    if (typeof made === 'boolean' || made === undefined) return made;
    throw new TypeError(`got ${typeof made}, expected true or false`);
  });
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}

/** The facet of `ExternalCall`: call type, provider, status and latency of whatever leaves the process. */
export function createExternalFacet(options: LooseOptions): Facet {
  const base = createCallFacet('external', RANK.external, { ...options, spanName: options.spanName ?? options.name });
  const { callType = 'other', provider } = options;
  const key = {};
  return {
    ...base,
    defaultKind: SpanKind.CLIENT,
    opening: () => ({
      'spanwright.call.type': callType,
      ...(provider === undefined ? {} : { 'spanwright.call.provider': provider }),
    }),
    begin: (call, self, args, subject) => {
      call.captureForDigest('request', argumentsOf(args));
      base.begin?.(call, self, args, subject);
      noteStart(call);
    },
    settled: (call, self, value) => {
      if (value !== undefined) call.captureForDigest('response', value);
      call.notes.set(key, { status: field(value, 'status') ?? statusOfResponse(value) });
      base.settled?.(call, self, value);
    },
    done: (call, outcome) => {
      write(call, externalAttributes(call, { callType, provider, status: statusOf(call.notes.get(key), outcome) }));
      base.done?.(call, outcome);
    },
  };
}

function statusOfResponse(value: unknown): number | undefined {
  return typeof Response === 'function' && value instanceof Response ? value.status : undefined;
}

// A policy's answer tells by itself where it is a verdict, a list of violations, or an object with those fields.
function writeVerdict(call: CallTarget, options: LooseOptions, self: unknown, value: unknown): void {
  const list = Array.isArray(value) ? value : field(value, 'violations');
  const counted = Array.isArray(list) ? list.length : typeof list === 'number' ? list : undefined;
  const violations =
    options.violations === undefined ? counted : numberOf('HOOK_ON_RESULT', options.violations, self, [value]);
  const stated = typeof value === 'boolean' ? value : field(value, 'passed');
  const passed =
    options.passed === undefined
      ? typeof stated === 'boolean'
        ? stated
        : violations === undefined
          ? undefined
          : violations === 0
      : verdictOf(options.passed, self, value);
  write(call, { 'policy.passed': passed, 'policy.violations': violations });
}

/** The facet of `PolicyCheck`: `policy_check` with `policy.count`, `policy.passed`, `policy.violations`. */
export function createPolicyFacet(options: LooseOptions): Facet {
  const base = createCallFacet('policy', RANK.policy, { ...options, spanName: options.spanName ?? options.name });
  return {
    ...base,
    conventionalName: () => 'policy_check',
    begin: (call, self, args, subject) => {
      const { count } = options;
      write(call, {
        'policy.count': typeof count === 'function' ? numberOf('HOOK_ATTRIBUTES', count, self, args) : count,
      });
      base.begin?.(call, self, args, subject);
    },
    settled: (call, self, value) => {
      writeVerdict(call, options, self, value);
      base.settled?.(call, self, value);
    },
  };
}

/** The facet of `Remediation`: `remediation` with `remediation.strategy`, `remediation.trigger`, `remediation.success`. */
export function createRemediationFacet(options: LooseOptions): Facet {
  const base = createCallFacet('remediation', RANK.remediation, {
    ...options,
    spanName: options.spanName ?? options.name,
  });
  const key = {};
  return {
    ...base,
    conventionalName: () => 'remediation',
    begin: (call, self, args, subject) => {
      write(call, {
        'remediation.strategy': textOf('HOOK_ATTRIBUTES', options.strategy, self, args),
        'remediation.trigger': textOf('HOOK_ATTRIBUTES', options.trigger, self, args),
      });
      base.begin?.(call, self, args, subject);
    },
    settled: (call, self, value) => {
      const stated = typeof value === 'boolean' ? value : field(value, 'success');
      const success =
        options.success === undefined
          ? typeof stated === 'boolean'
            ? stated
            : undefined
          : verdictOf(options.success, self, value);
      if (success !== undefined) call.notes.set(key, success);
      base.settled?.(call, self, value);
    },
    done: (call, outcome) => {
      write(call, {
        'remediation.success': outcome === 'ok' ? ((call.notes.get(key) as boolean | undefined) ?? true) : false,
      });
      base.done?.(call, outcome);
    },
  };
}
