#!/usr/bin/env node
import { summarizeTickets } from './application.js';
import { USAGE, parseCommandLine } from './command-line.js';
import { InputError } from './sample-error.js';

/** 1 when nothing could be done, 2 when the input must be mended first. */
export type ExitCode = 0 | 1 | 2;

process.exitCode = await main();

async function main(): Promise<ExitCode> {
  try {
    const options = parseCommandLine(process.argv.slice(2));
    if (options !== undefined) return (await summarizeTickets(options, process.env)) ? 0 : 1;
    console.log(USAGE);
    return 0;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    console.error(`ticket-summarizer: ${error.message}`);
    return 2;
  }
}
