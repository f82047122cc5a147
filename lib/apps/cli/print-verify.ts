import type { VerifyPlace, VerifyReport } from '../../audit/read/verify-report.js';
import { toColumns } from './columns.js';

const SHOWN_PROBLEMS = 10;

const VERDICTS: Readonly<Record<VerifyReport['status'], string>> = {
  intact: 'intact',
  tampered: 'TAMPERED',
  incomplete: 'intact but incomplete',
  unreadable: 'unreadable',
  anchor_missing: 'the anchor is missing',
};

function placeOf({ wid, wseq, file, offset }: Partial<VerifyPlace>): string {
  const entry = wid === undefined ? '' : `entry ${wseq ?? '?'} of ${wid}`;
  const bytes = file === undefined ? '' : `${file}${offset === undefined ? '' : ` at byte ${offset}`}`;
  return [entry, bytes].filter((part) => part !== '').join(', ');
}

function counted(count: number, what: string): string[] {
  return count === 0 ? [] : [`${count.toLocaleString('en')} ${what}`];
}

/** What a check of a ledger found, for people. */
export function printVerify(report: VerifyReport): string {
  const calls = [
    report.calls.toLocaleString('en'),
    ...counted(report.inFlight, 'in flight'),
    ...counted(report.dangling, 'without an outcome'),
    ...counted(report.unknown, 'whose outcome nobody knows'),
  ];
  const rows = [
    ['verdict', VERDICTS[report.status]],
    ['writers', report.writers.toLocaleString('en')],
    ['entries', report.entries.toLocaleString('en')],
    ['calls', calls.join(', ')],
    ['payloads', report.payloads.toLocaleString('en')],
  ];
  const broken = report.firstBroken;
  if (broken !== undefined) rows.push(['first broken', placeOf(broken)], ['', broken.problem]);
  const shown = report.problems.slice(0, SHOWN_PROBLEMS);
  const hidden = report.problems.length - shown.length + report.moreProblems;
  const problems = shown.map((one) => [`  ${one.severity}`, one.code, placeOf(one), one.problem]);
  return [
    toColumns(rows),
    ...(shown.length === 0 ? [] : [`\nProblems\n${toColumns(problems)}`]),
    ...(hidden === 0 ? [] : [`  and ${hidden.toLocaleString('en')} more\n`]),
    ...(report.status === 'intact' ? [`\n${report.notAnchored}\n`] : []),
  ].join('');
}
