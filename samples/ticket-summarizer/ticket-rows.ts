import { readFile } from 'node:fs/promises';

import { CsvError, parse } from 'csv-parse/sync';

import { InputError, describeError } from './sample-error.js';
import type { TicketRow } from './ticket.js';

const KNOWN_COLUMNS = ['ticket_id', 'serial_no', 'text'] as const;
// The parser's messages quote the field they stumbled on, whatever its length.
const MAX_MESSAGE_CHARS = 200;
type KnownColumn = (typeof KNOWN_COLUMNS)[number];

/** Reads the tickets of a CSV file; an `InputError` says why a whole file is unusable. */
export async function readTicketRows(path: string): Promise<TicketRow[]> {
  const [header, ...lines] = parseCsv(path, await readText(path));
  if (header === undefined) throw new InputError(`${path} is empty, expected a CSV with a header`);
  const columns = header.map((name) => name.trim().toLowerCase());
  if (!KNOWN_COLUMNS.some((name) => columns.includes(name))) {
    const shown = JSON.stringify(header.join(',').slice(0, 40));
    throw new InputError(`${path} is no ticket CSV: got the header ${shown}, expected ticket_id, serial_no or text`);
  }
  if (lines.length === 0) throw new InputError(`${path} has a header and no tickets`);
  return markRepeated(lines.map((fields, index) => toRow(columns, fields, index + 1)));
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new InputError(`cannot read the tickets: ${describeError(error)}`, { cause: error });
  }
}

function parseCsv(path: string, text: string): string[][] {
  try {
    // A line of another length fails as one ticket, not as the whole file; a stray quote is part of its text.
    return parse(text, { bom: true, skip_empty_lines: true, relax_column_count: true, relax_quotes: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new InputError(`${path} is no CSV: ${error.message.slice(0, MAX_MESSAGE_CHARS)}`, { cause: error });
  }
}

function toRow(columns: readonly string[], fields: readonly string[], rowNumber: number): TicketRow {
  const read = (name: KnownColumn) => fields[columns.indexOf(name)]?.trim() || undefined;
  const serialNo = read('serial_no');
  return {
    ticketId: read('ticket_id') ?? serialNo ?? `ticket-${rowNumber}`,
    serialNo: serialNo === undefined ? rowNumber : /^\d{1,15}$/.test(serialNo) ? Number(serialNo) : serialNo,
    ...(columns.includes('text') && { text: read('text') ?? '' }),
    ...(fields.length !== columns.length && {
      problem: `row ${rowNumber} has ${fields.length} fields, the header has ${columns.length}`,
    }),
  };
}

/** A ticket API knows one text per id, so a second row of that id would get the first one's. */
function markRepeated(rows: readonly TicketRow[]): TicketRow[] {
  const seen = new Set<string>();
  return rows.map((row, index) => {
    const repeated = seen.has(row.ticketId);
    seen.add(row.ticketId);
    return repeated ? { ...row, problem: `row ${index + 1} repeats the ticket id ${row.ticketId}` } : row;
  });
}
