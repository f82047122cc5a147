import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { inspectIndex, type IndexState } from '../../../audit/stores/sqlite-index.js';
import { tryLoadSqlite } from '../../../audit/stores/sqlite-driver.js';
import { broken, doubtful, fine, type Finding, type Patient } from './finding.js';

const MIN_NODE = [20, 19] as const;
/** Before this program was written no clock is right. */
const WRITTEN_MS = Date.UTC(2026, 0, 1);
const AHEAD_MS = 60_000;

/** Whether Node is new enough. */
export function checkNode(version = process.versions.node): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOld = major < MIN_NODE[0] || (major === MIN_NODE[0] && minor < MIN_NODE[1]);
  return isOld ? broken('node', `version ${version}`, 'use 20.19 or later') : fine('node', `version ${version}`);
}

function createdMs({ directory }: Patient): number | undefined {
  const file = join(directory, 'ledger.json');
  if (!existsSync(file)) return undefined;
  const { createdAt } = JSON.parse(readFileSync(file, 'utf8')) as { readonly createdAt?: unknown };
  return typeof createdAt === 'string' ? Date.parse(createdAt) : undefined;
}

/** Whether the clock can be right: after the ledger was made, and not before this program was. */
export function checkClock(patient: Patient, nowMs = Date.now()): Finding {
  const says = new Date(nowMs).toISOString();
  const fix = 'set the clock; the order of entries does not rely on it, their times do';
  if (nowMs < WRITTEN_MS) return doubtful('clock', `${says} is in the past`, fix);
  const made = createdMs(patient);
  if (made !== undefined && made > nowMs + AHEAD_MS)
    return doubtful('clock', `${says} is before the ledger was made`, fix);
  return fine('clock', says);
}

const INDEX_STATES: Readonly<Record<Exclude<IndexState, 'off'>, string>> = {
  none: 'none yet; the first look-up makes it',
  current: 'holds all entries',
  behind: 'is behind; the next look-up brings it up to date',
  stale: 'is of other segments; the next look-up makes it again',
  unreadable: 'cannot be read; the next look-up makes it again',
};

/** Whether look-ups are fast. */
export function checkIndex({ directory }: Patient): Finding {
  const driver = tryLoadSqlite()?.name;
  if (driver === undefined)
    return doubtful('index', 'no SQLite: look-ups read the whole ledger', 'use Node 22.13 or later, or install libsql');
  if (lstatSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true)
    return fine('index', `SQLite of ${driver}`);
  const state = inspectIndex(directory);
  return fine('index', `SQLite of ${driver}; ${state === 'off' ? '' : INDEX_STATES[state]}`);
}
