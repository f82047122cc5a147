import { startLoopbackServer } from './offline/loopback-server.js';
import { createTicketApi } from './offline/ticket-api.js';
import { findShippedTickets } from './shipped-tickets.js';
import type { TicketRow } from './ticket.js';
import { readTicketRows } from './ticket-rows.js';

export interface TicketApiConnection extends AsyncDisposable {
  readonly url: URL;
}

/** Connects to the ticket API at a URL; without one it serves the rows, and the shipped tickets to rows of ids alone. */
export async function connectTicketApi(url: URL | undefined, rows: readonly TicketRow[]): Promise<TicketApiConnection> {
  if (url !== undefined) return { url, async [Symbol.asyncDispose]() {} };
  const shipped = await readTicketRows(findShippedTickets());
  return await startLoopbackServer(createTicketApi([...shipped, ...rows]));
}
