import { collectModelUsage, describeModelUsage } from './model-usage.js';
import type { PhaseSummary } from './phase-runner.js';
import { drawTicketTree } from './span-tree.js';
import type { TicketRecord } from './ticket.js';
import { countFailed } from './ticket-processor.js';
import type { TicketRun } from './ticket-processor.js';

const MAX_FAILURES_SHOWN = 10;

export interface ReportInput {
  readonly run: TicketRun;
  readonly calls: number;
  readonly seconds: number;
  readonly tracePath: string;
}

/** The lines a run ends with: the tree of one ticket, the failures, the counts per phase and the totals. */
export async function writeReport({ run, calls, seconds, tracePath }: ReportInput): Promise<string[]> {
  return [
    '',
    ...(await unlessUntraced(() => describeTree(run.records, tracePath), ['No trace was written: tracing is off.'])),
    '',
    ...describeFailures(run.records),
    ...describePhases(run.phases),
    '',
    describeTotals(run.records, calls, seconds),
    ...(await unlessUntraced(() => describeModels(tracePath), [])),
  ];
}

async function describeTree(records: readonly TicketRecord[], tracePath: string): Promise<string[]> {
  const shown = records.find(({ errors }) => errors.length === 0) ?? records[0];
  return shown === undefined
    ? []
    : [`Ticket ${shown.row.ticketId}`, ...(await drawTicketTree(tracePath, shown.row.ticketId))];
}

async function describeModels(tracePath: string): Promise<string[]> {
  return (await collectModelUsage(tracePath)).map((usage) => `Model: ${describeModelUsage(usage)}`);
}

/** Tracing can be switched off from outside; the results are whole without it. */
async function unlessUntraced(describe: () => Promise<string[]>, otherwise: string[]): Promise<string[]> {
  try {
    return await describe();
  } catch (error) {
    if (!isMissingFile(error)) throw error;
    return otherwise;
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

function describeTotals(records: readonly TicketRecord[], calls: number, seconds: number): string {
  const failed = countFailed(records);
  return [
    `Totals: ${records.length} tickets, ${records.length - failed} ok, ${failed} failed`,
    `${calls} model calls`,
    `${seconds.toFixed(2)} s`,
  ].join('; ');
}
