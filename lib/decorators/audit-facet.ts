import { SpanKind } from '@opentelemetry/api';
import type { Facet } from '../calls/facet.js';
import { argumentsOf } from './agent-facets.js';
import { streamOf } from './answer-stream.js';
import { createAuditBarrier } from './audit-barrier.js';
import { createExternalFacet } from './control-facets.js';
import type { LooseOptions } from './loose-options.js';
import { recordIn } from './model-record.js';
import { RANK } from './ranks.js';

/**
 * The facet of `AuditedCall`: what an external call has on its span, arguments and result as content by `level`, and the
 * barrier.
 */
export function createAuditFacet(options: LooseOptions): Facet {
  const { level = 'request' } = options;
  const external = createExternalFacet({ ...options, ...(level === 'requestResponse' && { result: true }) });
  const key = {};
  return {
    ...external,
    type: 'audit',
    rank: RANK.audit,
    defaultKind: SpanKind.CLIENT,
    barrier: createAuditBarrier(options),
    takesContent: level !== 'metadata',
    streamIn: streamOf,
    begin: (call, self, args, subject) => {
      if (level !== 'metadata' && options.args === undefined) call.notes.set(key, call.copy(argumentsOf(args)));
      external.begin?.(call, self, args, subject);
    },
    done: (call, outcome) => {
      const copy = call.notes.get(key);
      const { notes } = call;
      if (copy !== undefined) {
        // A facet for calls to models keeps them as messages; it may be asked after this one.
        call.captureLate(() => (recordIn(notes) === undefined ? { 'spanwright.arguments': copy } : {}));
      }
      external.done?.(call, outcome);
    },
  };
}
