/** How bad a problem is: `tampered` cannot be a crash's; `incomplete` can; `unreadable` says nothing of what was written. */
export type ProblemSeverity = 'tampered' | 'unreadable' | 'incomplete';

/**
 * Which rule does not hold. `frame`: what should be an entry does not read. `entry`: it reads and is none. `chain`: it does not
 * follow from the one before. `ledger`: `ledger.json` is another. `pairing`: an outcome and its intent do not belong together.
 * `missing`, `other`: another chain names the entry, and it is not there, or has another hash. `after`: it stands after the end of
 * its writer. `payload`: the file of a payload is not what the entry names. `payload_missing`: it is not there. `open`: the chain
 * was not closed. `torn`: nor does its end read. `dangling`: intents without an outcome. `unknown`: outcomes that nobody knows.
 * `empty`: there is no writer. `file`: a file cannot be read.
 */
export type ProblemCode =
  | 'frame'
  | 'entry'
  | 'chain'
  | 'ledger'
  | 'pairing'
  | 'missing'
  | 'other'
  | 'after'
  | 'payload'
  | 'payload_missing'
  | 'open'
  | 'torn'
  | 'dangling'
  | 'unknown'
  | 'empty'
  | 'file';

/** Where something is wrong. */
export interface VerifyPlace {
  readonly wid: string;
  /** Number of the entry that is expected there. */
  readonly wseq: number;
  /** File inside the folder of the ledger. */
  readonly file: string;
  /** Offset of the frame. */
  readonly offset: number;
}

/** Something that is wrong with a ledger. */
export interface VerifyProblem extends Partial<VerifyPlace> {
  readonly code: ProblemCode;
  readonly severity: ProblemSeverity;
  /** For people. */
  readonly problem: string;
}

/** What a ledger holds. */
export interface VerifyCounts {
  readonly writers: number;
  readonly entries: number;
  /** Intents. */
  readonly calls: number;
  /** Intents without an outcome, of writers that are gone. */
  readonly dangling: number;
  /** The same of writers that live. */
  readonly inFlight: number;
  /** Outcomes that nobody knows. */
  readonly unknown: number;
  /** Payloads that entries name. */
  readonly payloads: number;
}

/** What `verify` found. */
export interface VerifyReport extends VerifyCounts {
  /** 0 intact, 1 tampered, 2 intact but incomplete, 3 unreadable, 4 the configured anchor is missing. */
  readonly exitCode: 0 | 1 | 2 | 3 | 4;
  readonly status: 'intact' | 'tampered' | 'incomplete' | 'unreadable' | 'anchor_missing';
  /** First entry that was tampered with, by writer (oldest first) and number. */
  readonly firstBroken?: VerifyPlace & { readonly code: ProblemCode; readonly problem: string };
  /** By writer and number, 100 at most. */
  readonly problems: readonly VerifyProblem[];
  /** Problems beyond those. */
  readonly moreProblems: number;
  /** Bytes of segments that were read. */
  readonly bytes: number;
  /** What this check cannot find. */
  readonly notAnchored: string;
}

const MAX_PROBLEMS = 100;

const NOT_ANCHORED =
  'Entries that were cut from the end of a chain, or whole chains, are found only where another chain names them; signed checkpoints find the rest.';

/** Options of `verify`. */
export interface VerifyOptions {
  /** Also reads every payload that an entry names. Default false. */
  readonly payloads?: boolean | undefined;
  /** A file that must be there. */
  readonly anchor?: string | undefined;
}

/** Problems as they are found; keeps the first ones by writer and number, and counts the others. */
export class ProblemList {
  #kept: VerifyProblem[] = [];
  #count = 0;
  readonly #severities = new Set<ProblemSeverity>();
  #broken: VerifyProblem | undefined;
  readonly #tampered = new Set<string>();

  /** Writers whose chains were tampered with. */
  get tampered(): ReadonlySet<string> {
    return this.#tampered;
  }

  add(problem: VerifyProblem): void {
    this.#count++;
    this.#severities.add(problem.severity);
    if (problem.severity === 'tampered' && problem.wid !== undefined) this.#tampered.add(problem.wid);
    if (problem.severity === 'tampered' && (this.#broken === undefined || compareProblems(problem, this.#broken) < 0)) {
      this.#broken = problem;
    }
    this.#kept.push(problem);
    if (this.#kept.length > MAX_PROBLEMS * 10) this.#kept = this.#first();
  }

  /** Makes the report. */
  toReport(counts: VerifyCounts & { readonly bytes: number }, isAnchorMissing: boolean): VerifyReport {
    const problems = this.#first();
    return {
      ...this.#verdict(isAnchorMissing),
      ...counts,
      ...(this.#broken === undefined ? {} : { firstBroken: toBroken(this.#broken) }),
      problems,
      moreProblems: this.#count - problems.length,
      notAnchored: NOT_ANCHORED,
    };
  }

  #first(): VerifyProblem[] {
    return [...this.#kept].sort(compareProblems).slice(0, MAX_PROBLEMS);
  }

  #verdict(isAnchorMissing: boolean): Pick<VerifyReport, 'exitCode' | 'status'> {
    if (this.#severities.has('tampered')) return { exitCode: 1, status: 'tampered' };
    if (this.#severities.has('unreadable')) return { exitCode: 3, status: 'unreadable' };
    if (isAnchorMissing) return { exitCode: 4, status: 'anchor_missing' };
    return this.#severities.has('incomplete')
      ? { exitCode: 2, status: 'incomplete' }
      : { exitCode: 0, status: 'intact' };
  }
}

function toBroken(problem: VerifyProblem): NonNullable<VerifyReport['firstBroken']> {
  const { wid = '', wseq = 0, file = '', offset = 0, code } = problem;
  return { wid, wseq, file, offset, code, problem: problem.problem };
}

/** Orders by writer, number and code; what names no writer stands first. */
function compareProblems(left: VerifyProblem, right: VerifyProblem): number {
  const [a, b] = [left.wid ?? '', right.wid ?? ''];
  if (a !== b) return a < b ? -1 : 1;
  const distance = (left.wseq ?? -1) - (right.wseq ?? -1);
  return distance === 0 ? Number(left.code > right.code) - Number(left.code < right.code) : distance;
}
