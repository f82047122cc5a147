import { toColumns } from './columns.js';
import type { Finding } from './doctor/finding.js';

/** What was found, for people: a line each, and below it what to do. */
export function printDoctor(findings: readonly Finding[]): string {
  const rows = findings.flatMap(({ check, state, says, fix }) => [
    [state, check, says],
    ...(fix === undefined ? [] : [['', '', `→ ${fix}`]]),
  ]);
  const count = (state: Finding['state']): number => findings.filter((finding) => finding.state === state).length;
  return `${toColumns(rows)}\n${count('ok')} ok, ${count('warn')} to look at, ${count('fail')} wrong\n`;
}
