import type { ModelClient } from './model-client.js';
import type { PhaseSummary } from './phase-runner.js';
import { drawTicketTree } from './span-tree.js';
import type { TicketRecord } from './ticket.js';
import { countFailed } from './ticket-processor.js';
import type { TicketRun } from './ticket-processor.js';

const MAX_FAILURES_SHOWN = 10;

export interface ReportInput {
  readonly run: TicketRun;
  readonly usage: ModelClient['totals'];
  readonly seconds: number;
  readonly tracePath: string;
}

/** The lines a run ends with: the tree of one ticket, the failures, the counts per phase and the totals. */
export async function writeReport({ run, usage, seconds, tracePath }: ReportInput): Promise<string[]> {
  return [
    '',
    ...(await describeTree(run.records, tracePath)),
    '',
    ...describeFailures(run.records),
    ...describePhases(run.phases),
    '',
    describeTotals(run.records, usage, seconds),
  ];
}

async function describeTree(records: readonly TicketRecord[], tracePath: string): Promise<string[]> {
  const shown = records.find(({ errors }) => errors.length === 0) ?? records[0];
  if (shown === undefined) return [];
  try {
    return [`Ticket ${shown.row.ticketId}`, ...(await drawTicketTree(tracePath, shown.row.ticketId))];
  } catch (error) {
    // Tracing can be switched off from outside; the results are whole without it.
    if (!isMissingFile(error)) throw error;
    return ['No trace was written: tracing is off.'];
  }
}

function isMissingFile(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function describeFailures(records: readonly TicketRecord[]): string[] {
  const failed = records.filter(({ errors }) => errors.length > 0);
  if (failed.length === 0) return [];
  const shown = failed.slice(0, MAX_FAILURES_SHOWN);
  const lines = shown.map(({ row, errors }) => `  ${row.ticketId}: ${errors.join('; ')}`);
  const hidden = failed.length - shown.length;
  return ['Failed tickets', ...lines, ...(hidden > 0 ? [`  and ${hidden} more, see results.json`] : []), ''];
}

function describePhases(phases: readonly PhaseSummary[]): string[] {
  const line = (phase: string, ...cells: string[]) => phase.padEnd(32) + cells.map((cell) => cell.padStart(9)).join('');
  return [
    line('Phase', 'tickets', 'ok', 'failed', 'seconds'),
    ...phases.map(({ phase, ticketCount, successCount, failedCount, seconds }) =>
      line(phase, String(ticketCount), String(successCount), String(failedCount), seconds.toFixed(2)),
    ),
  ];
}

function describeTotals(records: readonly TicketRecord[], usage: ModelClient['totals'], seconds: number): string {
  const failed = countFailed(records);
  return [
    `Totals: ${records.length} tickets, ${records.length - failed} ok, ${failed} failed`,
    `${usage.calls} model calls, ${usage.inputTokens} input and ${usage.outputTokens} output tokens`,
    `${seconds.toFixed(2)} s`,
  ].join('; ');
}
