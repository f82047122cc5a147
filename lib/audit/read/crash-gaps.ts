import type { ChainScan } from './chain-scan.js';
import { toEnd } from './cross-check.js';
import type { ProblemCode, ProblemList, VerifyPlace } from './verify-report.js';

/** Adds what a crash explains: a chain that nobody closed, calls whose end nobody knows. */
export function addCrashGaps(scan: ChainScan, isAlive: boolean, isRecovered: boolean, problems: ProblemList): void {
  const add = (code: ProblemCode, place: VerifyPlace, problem: string): void => {
    problems.add({ code, severity: 'incomplete', ...place, problem });
  };
  if (!scan.isClosed && !isRecovered && !isAlive) {
    const isTorn = scan.tail?.state === 'torn';
    add(isTorn ? 'torn' : 'open', toEnd(scan.wid, scan), 'the writer is gone, and was neither closed nor recovered');
  }
  const [dangling] = scan.open.values();
  if (dangling !== undefined && !isAlive) {
    add('dangling', dangling.place, `${scan.open.size} calls have an intent and no outcome`);
  }
  if (scan.firstUnknown !== undefined) {
    add('unknown', scan.firstUnknown, `of ${scan.unknown} calls nobody knows how they ended`);
  }
}
