import type { Lineage, LineageCall } from '../../audit/read/lineage.js';
import { toColumns } from './columns.js';
import { durationOf, nameOf, targetOf } from './print-explain.js';

function rowOf(tree: string, call: LineageCall): string[] {
  const { callId, op, ext, state, attempts, durUs, isVerified } = call;
  const tries = attempts === 1 ? '' : `${attempts} attempts`;
  const remarks = [durationOf(durUs), tries, isVerified ? '' : 'NOT VERIFIED'].filter((part) => part !== '');
  return [tree + callId, nameOf(op), targetOf(ext), state, remarks.join(', ')];
}

function rowsOf(calls: readonly LineageCall[], indent: string): string[][] {
  return calls.flatMap((call, index) => {
    const isLast = index === calls.length - 1;
    return [
      rowOf(`${indent}${isLast ? '└─ ' : '├─ '}`, call),
      ...rowsOf(call.children, `${indent}${isLast ? '   ' : '│  '}`),
    ];
  });
}

/** The calls of a run, for people: each below the one around it. */
export function printLineage({ run, notes, calls, roots }: Lineage): string {
  const title = [
    ['run', run],
    ['calls', calls.toLocaleString('en')],
    ...notes.map(({ t, data }) => ['note', `${t}${data === undefined ? '' : `  ${JSON.stringify(data)}`}`]),
  ];
  return `${toColumns(title)}${toColumns(rowsOf(roots, ''))}`;
}
