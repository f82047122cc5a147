import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SHIPPED = 'samples/ticket-summarizer/tickets.csv';

/** Finds the tickets that ship with the sample; compiled code runs from another folder of the same project. */
export function findShippedTickets(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const path = join(folder, SHIPPED);
    if (existsSync(path)) return path;
    if (folder === dirname(folder)) throw new Error(`${SHIPPED} is missing`);
  }
}
