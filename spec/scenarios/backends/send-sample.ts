// Runs the ticket summarizer with its offline model and sends its one trace to every backend at once.
// Usage: node send-sample.js <folder for its files> <CSV of tickets> <JSON of addresses by backend>
import { summarizeTickets } from '../../../samples/ticket-summarizer/application.js';
import { destinationsFor } from './destinations.js';
import type { Addresses } from './destinations.js';

const [output = '', input = '', addresses = '{}'] = process.argv.slice(2);

const isDone = await summarizeTickets(
  { analysisType: 'both', modelProvider: 'offline', limit: Infinity, concurrency: 4, exchanges: '', output, input },
  process.env,
  destinationsFor(JSON.parse(addresses) as Addresses),
);
process.exitCode = isDone ? 0 : 1;
