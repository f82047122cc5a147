/** What the program ends with. `verify` uses the first five as its verdict. */
export const EXIT_CODES = {
  /** Nothing is wrong. */
  intact: 0,
  /** Entries were changed, removed or put in. */
  tampered: 1,
  /** Everything that is there is as it was written, and something is missing or not known. */
  incomplete: 2,
  /** There is no ledger, or it cannot be read, or the machine is not fit for one. */
  unreadable: 3,
  /** An anchor that was named is not there. */
  anchorMissing: 4,
  /** The command line cannot be understood. */
  usage: 64,
  /** The ledger names no such call or run. */
  notFound: 66,
  /** A fault of the program itself. */
  internal: 70,
} as const;

/** One of `EXIT_CODES`. */
export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];
