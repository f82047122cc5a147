import type { ChainScan } from './chain-scan.js';
import { PayloadFiles } from './payload-files.js';
import type { ProblemList } from './verify-report.js';

/** Reads every payload that an entry names: one that is not there may have been removed, one that differs was changed. */
export function checkPayloads(directory: string, scans: Iterable<ChainScan>, problems: ProblemList): void {
  const files = new PayloadFiles(directory);
  for (const scan of scans) {
    for (const { ref, from } of scan.payloads) {
      const { state } = files.read(ref);
      if (state === 'corrupt') {
        problems.add({ code: 'payload', severity: 'tampered', ...from, problem: `payload ${ref} has other bytes` });
      } else if (state === 'missing') {
        problems.add({ code: 'payload_missing', severity: 'incomplete', ...from, problem: `no payload ${ref}` });
      }
    }
  }
}
