/** A span as the application's own program writes it down. */
export interface ObservedSpan {
  readonly name: string;
  readonly id: string;
  readonly trace: string;
  readonly parent?: string;
  readonly ended: boolean;
}

/** One answer over HTTP. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** One start of the application, from the first request to the last. */
export interface Phase {
  /** What its users see: answers, the Swagger document, the schedule, what Nest's discovery finds. */
  readonly seen: {
    readonly http: Readonly<Record<string, Answer>>;
    readonly tcp: Readonly<Record<string, unknown>>;
    readonly document: unknown;
    readonly schedule: unknown;
  };
  /** What ran, told by the methods themselves. */
  readonly ran: {
    readonly counts: Readonly<Record<string, number>>;
    readonly byTheClock: Readonly<Record<string, number>>;
    /** Methods that had a wrong `this`. */
    readonly strays: readonly string[];
  };
}

/** What `src/main.ts` of the Nest applications writes: the same program without tracing, then with. */
export interface Observed {
  /** Names, lengths, own properties and metadata of every class and method. */
  readonly faces: unknown;
  readonly off: Phase;
  readonly on: Phase;
  readonly spans: readonly ObservedSpan[];
  readonly health: {
    readonly calls: Readonly<Record<'opened' | 'ok' | 'error' | 'cancelled' | 'abandoned' | 'live', number>>;
    readonly guarded: Readonly<Record<string, number>>;
  };
}

/** How often each traced name should have a span: the teardowns in the ledger are no methods. */
export function methodCounts({ ran }: Phase): Record<string, number> {
  const all = Object.entries({ ...ran.counts, ...ran.byTheClock });
  return Object.fromEntries(all.filter(([name]) => !name.endsWith(' is over')));
}

/** How many spans each name has. */
export function spanCounts(spans: readonly ObservedSpan[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { name } of spans) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
