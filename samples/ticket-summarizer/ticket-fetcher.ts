import { setTimeout as sleep } from 'node:timers/promises';

import { Traced } from 'spanwright';

import type { HttpClient } from './http-client.js';
import { PHASES, phaseCounts } from './phase-runner.js';
import type { PhaseRunner, PhaseSummary } from './phase-runner.js';
import { HttpError, TicketError } from './sample-error.js';
import type { Ticket, TicketComment, TicketRecord, TicketRow } from './ticket.js';

const TOO_MANY_REQUESTS = 429;
const MAX_WAIT_MS = 2_000;

/** Phase 1: reads each ticket and its comments from the ticket API. */
export class TicketFetcher {
  readonly #http: HttpClient;
  readonly #phases: PhaseRunner;
  readonly #ticketApi: string;

  constructor(http: HttpClient, phases: PhaseRunner, ticketApi: URL) {
    this.#http = http;
    this.#phases = phases;
    this.#ticketApi = ticketApi.href.replace(/\/$/, '');
  }

  @Traced({
    name: PHASES.fetch,
    attributes: (records: readonly TicketRecord[]) => ({ phase: 'fetch', ticket_count: records.length }),
    onResult: phaseCounts,
  })
  fetchAll(records: readonly TicketRecord[]): Promise<PhaseSummary> {
    return this.#phases.run(PHASES.fetch, records, async (record) => {
      record.ticket = await this.fetchTicket(record.row);
    });
  }

  @Traced({ name: 'fetch_ticket', attributes: (row: TicketRow) => ({ ticket_id: row.ticketId }) })
  async fetchTicket(row: TicketRow): Promise<Ticket> {
    if (row.problem !== undefined) throw new TicketError(row.problem);
    const path = `${this.#ticketApi}/tickets/${encodeURIComponent(row.ticketId)}`;
    const ticket = await this.#getWithPatience(new URL(path));
    const comments = await this.#getWithPatience(new URL(`${path}/comments`));
    // An API that keeps no text of its own leaves the row's.
    const text = (readString(ticket, 'text') ?? row.text ?? '').trim();
    if (text === '') throw new TicketError(`ticket ${row.ticketId} (serial_no ${row.serialNo}) has no text`);
    return { ticketId: row.ticketId, serialNo: row.serialNo, text, comments: toComments(row, comments) };
  }

  /** Asks once more after a 429, when the wait is short. */
  async #getWithPatience(url: URL): Promise<unknown> {
    try {
      return await this.#http.getJson(url);
    } catch (error) {
      if (!(error instanceof HttpError) || error.status !== TOO_MANY_REQUESTS) throw error;
      if (error.retryAfterMs === undefined || error.retryAfterMs > MAX_WAIT_MS) throw error;
      await sleep(error.retryAfterMs);
      return await this.#http.getJson(url);
    }
  }
}

function readString(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const field: unknown = Reflect.get(value, key);
  return typeof field === 'string' ? field : undefined;
}

/** Takes a list of comments, bare or under `comments`. */
function toComments(row: TicketRow, answer: unknown): TicketComment[] {
  const list: unknown =
    typeof answer === 'object' && answer !== null && 'comments' in answer ? answer.comments : answer;
  if (!Array.isArray(list)) throw new TicketError(`the comments of ticket ${row.ticketId} are no list`);
  return list.map((comment: unknown) => ({
    author: readString(comment, 'author') ?? 'unknown',
    text: readString(comment, 'text') ?? '',
  }));
}
