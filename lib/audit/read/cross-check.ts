import type { ChainScan, CrossReference } from './chain-scan.js';
import { toSegmentFile } from './segment-files.js';
import type { ProblemCode, ProblemList, VerifyPlace } from './verify-report.js';

/**
 * Compares what chains say of each other. Where the two do not agree, the entry that is named is called the broken one: nobody
 * can tell which was changed, and of the two it is the older. Gives the writers that another one found gone.
 */
export function checkReferences(
  scans: ReadonlyMap<string, ChainScan>,
  locate: (wid: string, wseq: number) => VerifyPlace,
  problems: ProblemList,
): ReadonlySet<string> {
  const recovered = new Set<string>();
  const fail = (code: ProblemCode, place: VerifyPlace, problem: string): void => {
    problems.add({ code, severity: 'tampered', ...place, problem });
  };
  const check = (reference: CrossReference): void => {
    const { why, from, to } = reference;
    const target = scans.get(to.wid);
    const count = target?.hashes.length ?? 0;
    const names = `entry ${from.wseq} of ${from.wid} names entry ${to.wseq}`;
    if (to.wseq >= count) {
      // A chain that could not be read to its end has its problem already.
      if (target?.problem === undefined) fail('missing', toEnd(to.wid, target), names);
    } else if (to.wseq >= 0 && target?.hashes.at(to.wseq) !== to.hash) {
      fail('other', locate(to.wid, to.wseq), `${names} with another hash`);
    } else if (why === 'recovered') {
      recovered.add(to.wid);
      if (count > to.wseq + 1) fail('after', locate(to.wid, to.wseq + 1), `${names} as the last one`);
    } else if (why === 'settled') {
      if (target?.open.get(to.wseq)?.call === reference.call) target?.open.delete(to.wseq);
      else fail('pairing', from, 'it names no intent of its call that is without an outcome');
    }
  };
  for (const scan of scans.values()) for (const reference of scan.references) check(reference);
  return recovered;
}

/** The place after the last entry of a chain that reads. */
export function toEnd(wid: string, scan: ChainScan | undefined): VerifyPlace {
  const wseq = scan?.hashes.length ?? 0;
  return { wid, wseq, file: scan?.tail?.file ?? toSegmentFile(wid, 0), offset: scan?.tail?.offset ?? 0 };
}
