import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { configureTracing } from 'spanwright';
import type { DestinationOptions, ProcessTracing, Tracing } from 'spanwright';

import { describeLedger, orRefuse, recordRun } from './audited-run.js';
import { Categorizer } from './categorizer.js';
import type { SampleOptions } from './command-line.js';
import { DiagnosticsAnalyzer } from './diagnostics-analyzer.js';
import { HttpClient } from './http-client.js';
import { connectModel } from './model-connection.js';
import type { ModelClient } from './model-client.js';
import { PhaseRunner } from './phase-runner.js';
import { createProgress } from './progress.js';
import { writeReport } from './report.js';
import { InputError, describeError } from './sample-error.js';
import { findShippedTickets } from './shipped-tickets.js';
import { Synthesizer } from './synthesizer.js';
import type { TicketRecord } from './ticket.js';
import { connectTicketApi } from './ticket-api-connection.js';
import { TicketFetcher } from './ticket-fetcher.js';
import { TicketProcessor, wasAnythingDone } from './ticket-processor.js';
import { readTicketRows } from './ticket-rows.js';

/**
 * Runs the sample from its input file to its report; true when at least one ticket was done. The trace goes to a file in the
 * output folder, and to whatever else is named.
 */
export async function summarizeTickets(
  options: SampleOptions,
  env: NodeJS.ProcessEnv,
  alsoTo: readonly DestinationOptions[] = [],
): Promise<boolean> {
  const startedMs = performance.now();
  const csvPath = options.input ?? relative(process.cwd(), findShippedTickets());
  const rows = (await readTicketRows(csvPath)).slice(0, options.limit);
  // Before the output is touched: a key that is missing must not cost the results of the last run.
  await using model = await connectModel(options, env);
  const { resultsPath, tracePath } = await prepareOutput(options.output);
  await using ticketApi = await connectTicketApi(options.ticketApi, rows);
  await using tracing = orRefuse(options.audit, () => startTracing(options, env, tracePath, alsoTo));

  const processor = createProcessor(model, ticketApi.url, options.concurrency);
  const { analysisType } = options;
  const job = { rows, csvPath, analysisType, modelProvider: model.provider };
  const facts = { tickets: rows.length, analysisType, modelProvider: model.provider };
  const run = await recordRun(tracing, facts, () => processor.process(job));
  await writeFile(resultsPath, `${JSON.stringify(run.records.map(toResult), undefined, 2)}\n`);
  const delivery = await flush(tracing, tracePath);

  const seconds = (performance.now() - startedMs) / 1000;
  const report = await writeReport({ run, calls: model.callCount, seconds, tracePath });
  console.log(
    [...report, ...delivery, ...describeLedger(tracing, options.audit), `Results: ${resultsPath}`].join('\n'),
  );
  return wasAnythingDone(run.records);
}

function startTracing(
  { audit }: SampleOptions,
  env: NodeJS.ProcessEnv,
  tracePath: string,
  alsoTo: readonly DestinationOptions[],
): ProcessTracing {
  return configureTracing({
    serviceName: 'ticket-summarizer',
    serviceVersion: '1.0.0',
    environment: env['ENVIRONMENT'] || 'local',
    destinations: [{ provider: 'file', path: tracePath }, ...alsoTo],
    prices: 'genai-prices',
    // Without a ledger audited calls are refused; this program may run without one.
    audit: audit === undefined ? false : { directory: audit, level: 'requestResponse' },
  });
}

function createProcessor(model: ModelClient, ticketApi: URL, concurrency: number): TicketProcessor {
  const phases = new PhaseRunner(concurrency, createProgress(process.stderr));
  return new TicketProcessor({
    fetcher: new TicketFetcher(new HttpClient(), phases, ticketApi),
    synthesizer: new Synthesizer(model, phases),
    categorizer: new Categorizer(model, phases),
    diagnosticsAnalyzer: new DiagnosticsAnalyzer(model, phases),
  });
}

/** Makes the folder ready, so that one that cannot be written stops the run before its first ticket. */
async function prepareOutput(folder: string) {
  const paths = { resultsPath: join(folder, 'results.json'), tracePath: join(folder, 'trace.jsonl') };
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(paths.resultsPath, '[]\n');
    // The file destination appends, and a trace of this run alone is wanted.
    await rm(paths.tracePath, { force: true });
  } catch (error) {
    throw new InputError(`--output ${folder} cannot be written: ${describeError(error)}`, { cause: error });
  }
  return paths;
}

function toResult({ row, synthesis, categorization, diagnostics, errors }: TicketRecord) {
  return {
    ticket_id: row.ticketId,
    synthesis: synthesis ?? null,
    ...(categorization && { categorization }),
    ...(diagnostics && { diagnostics }),
    ...(errors.length > 0 && { error: errors.join('; ') }),
  };
}

const FLUSH_DEADLINE_MS = 30_000;

/** Says what became of the spans; nothing when tracing is switched off from outside. */
async function flush(tracing: Tracing, tracePath: string): Promise<string[]> {
  await tracing.flush(FLUSH_DEADLINE_MS);
  return Object.entries(tracing.health().destinations).map(([name, { accepted, delivered, dropped }]) => {
    const reasons = Object.entries(dropped).map(([reason, count]) => `, ${count} dropped (${reason})`);
    return `Trace: ${name === 'file' ? tracePath : name}, ${delivered} of ${accepted} spans${reasons.join('')}`;
  });
}
