import type { BatchObservableResult, Meter, Observable } from '@opentelemetry/api';
import { auditHealth, ledgerGauges, unreportedCalls } from '../core/audit-health.js';
import { guarded } from '../core/guard.js';

interface Instruments {
  readonly entries: Observable;
  readonly queued: Observable;
  readonly inFlight: Observable;
  readonly refused: Observable;
  readonly poisoned: Observable;
  readonly unreported: Observable;
}

function createInstruments(meter: Meter): Instruments {
  const calls = { unit: '{call}' };
  return {
    entries: meter.createObservableCounter('spanwright.ledger.entries', {
      unit: '{entry}',
      description: 'Entries that are durable.',
    }),
    queued: meter.createObservableUpDownCounter('spanwright.ledger.queue.size', {
      unit: '{entry}',
      description: 'Entries that wait for a sync.',
    }),
    inFlight: meter.createObservableUpDownCounter('spanwright.ledger.calls.in_flight', {
      ...calls,
      description: 'Calls whose intent is durable and whose outcome is not yet.',
    }),
    refused: meter.createObservableCounter('spanwright.ledger.calls.refused', {
      ...calls,
      description: 'Calls that were refused and not made, by error.type.',
    }),
    poisoned: meter.createObservableUpDownCounter('spanwright.ledger.poisoned', {
      unit: '1',
      description: '1 while the ledger takes no calls after a fault, else 0.',
    }),
    unreported: meter.createObservableCounter('spanwright.calls.unreported', {
      ...calls,
      description: 'Requests that left outside of audited and external calls, by server.address.',
    }),
  };
}

function observe(result: BatchObservableResult, made: Instruments): void {
  for (const [host, count] of Object.entries(unreportedCalls())) {
    result.observe(made.unreported, count, { 'server.address': host });
  }
  const gauges = ledgerGauges();
  if (gauges === undefined) return;
  result.observe(made.entries, gauges.entries);
  result.observe(made.queued, gauges.queued);
  result.observe(made.inFlight, gauges.inFlight);
  for (const [code, count] of Object.entries(gauges.refused)) {
    result.observe(made.refused, count, { 'error.type': code });
  }
  result.observe(made.poisoned, auditHealth() === 'poisoned' ? 1 : 0);
}

/** Shows the ledger in force as metrics; returns the undo. */
export function observeLedger(meter: Meter): () => void {
  const made = createInstruments(meter);
  const all = Object.values(made) as Observable[];
  const callback = (result: BatchObservableResult): void => {
    guarded('PIPELINE', () => observe(result, made));
  };
  meter.addBatchObservableCallback(callback, all);
  return () => meter.removeBatchObservableCallback(callback, all);
}
