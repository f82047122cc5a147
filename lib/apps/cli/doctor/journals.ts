import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { doubtful, fine, type Finding, type Patient } from './finding.js';

const MIB = 1024 * 1024;
/** A writer files its journals when it is idle and at 16 MiB. */
const MANY = 8;

/** Payloads that wait in journals; nothing is lost while they do. */
export function checkJournals({ directory }: Patient): Finding[] {
  let names: string[];
  try {
    names = readdirSync(join(directory, 'payloads')).filter((name) => name.endsWith('.journal'));
  } catch {
    return [];
  }
  const sizes = names.map((name) => statSync(join(directory, 'payloads', name), { throwIfNoEntry: false })?.size ?? 0);
  const mib = sizes.reduce((sum, size) => sum + size, 0) / MIB;
  const says = `${names.length} waiting, ${mib.toFixed(1)} MiB`;
  return [
    names.length > MANY
      ? doubtful(
          'journals',
          says,
          'look whether the disk keeps up; those of writers that are gone stay, and are read there',
        )
      : fine('journals', says),
  ];
}
