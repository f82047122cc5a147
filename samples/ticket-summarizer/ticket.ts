/** One line of the input file. */
export interface TicketRow {
  readonly ticketId: string;
  readonly serialNo: number | string;
  /** Absent when the file has no such column and leaves the texts to the ticket API. */
  readonly text?: string;
  /** Why the row cannot be used; such a row fails alone. */
  readonly problem?: string;
}

export interface TicketComment {
  readonly author: string;
  readonly text: string;
}

export interface Ticket {
  readonly ticketId: string;
  readonly serialNo: number | string;
  readonly text: string;
  readonly comments: readonly TicketComment[];
}

export interface Synthesis {
  readonly issue_reported: string;
  readonly root_cause: string;
  readonly summary: string;
  readonly resolution: string;
}

export const CONFIDENCES = ['confident', 'not_confident'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

export interface Categorization {
  readonly primary_pod: string;
  readonly confidence: Confidence;
  readonly reasoning: string;
}

export const USES = ['yes', 'no', 'unknown'] as const;
export const HELPS = ['yes', 'no', 'maybe'] as const;

export interface Diagnostics {
  readonly was_used: (typeof USES)[number];
  readonly could_help: (typeof HELPS)[number];
  readonly confidence: Confidence;
  readonly reasoning: string;
}

/** What is known about one row so far; each phase fills in its own field or adds an error. */
export interface TicketRecord {
  readonly row: TicketRow;
  ticket?: Ticket;
  synthesis?: Synthesis;
  categorization?: Categorization;
  diagnostics?: Diagnostics;
  readonly errors: string[];
}

export type FetchedRecord = TicketRecord & { ticket: Ticket };
export type SynthesizedRecord = FetchedRecord & { synthesis: Synthesis };

export function isFetched(record: TicketRecord): record is FetchedRecord {
  return record.ticket !== undefined;
}

export function isSynthesized(record: TicketRecord): record is SynthesizedRecord {
  return isFetched(record) && record.synthesis !== undefined;
}
