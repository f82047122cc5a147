import type { Lineage, LineageCall } from '../../audit/read/lineage.js';
import { toColumns } from './columns.js';
import { durationOf, nameOf, targetOf } from './print-explain.js';

/** Tells whether a test holds for one of the calls, or for one below them. */
export function someCall(calls: readonly LineageCall[], test: (call: LineageCall) => boolean): boolean {
  return calls.some((call) => test(call) || someCall(call.children, test));
}

function rowOf(tree: string, call: LineageCall, isFast: boolean): string[] {
  const { callId, op, ext, state, attempts, durUs, isVerified } = call;
  const tries = attempts === 1 ? '' : `${attempts} attempts`;
  const remarks = [durationOf(durUs), tries, isVerified || isFast ? '' : 'NOT VERIFIED'].filter((part) => part !== '');
  return [tree + callId, nameOf(op), targetOf(ext), state, remarks.join(', ')];
}

function rowsOf(calls: readonly LineageCall[], isFast: boolean, indent = ''): string[][] {
  return calls.flatMap((call, index) => {
    const isLast = index === calls.length - 1;
    return [
      rowOf(`${indent}${isLast ? '└─ ' : '├─ '}`, call, isFast),
      ...rowsOf(call.children, isFast, `${indent}${isLast ? '   ' : '│  '}`),
    ];
  });
}

/** The calls of a run, for people: each below the one around it. `isFast`: nothing was proved. */
export function printLineage({ run, notes, calls, roots }: Lineage, isFast: boolean): string {
  const isVerified = !someCall(roots, (call) => !call.isVerified);
  const title = [
    ['run', run],
    ['calls', calls.toLocaleString('en')],
    ['verified', isFast ? 'not looked at' : isVerified ? 'yes' : 'NO'],
    ...notes.map(({ t, data }) => ['note', `${t}${data === undefined ? '' : `  ${JSON.stringify(data)}`}`]),
  ];
  return `${toColumns(title)}${toColumns(rowsOf(roots, isFast))}`;
}
