import { closeSync, constants, lstatSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { IndexTables } from './index-tables.js';
import { SegmentIndex } from './segment-index.js';
import { type SqliteDriver, tryLoadSqlite } from './sqlite-driver.js';

const FILE = 'index.sqlite';

/**
 * How the index of a ledger is: `behind` the segments, `stale` where they hold something else than it says. `off`: no SQLite
 * here.
 */
export type IndexState = 'off' | 'none' | 'current' | 'behind' | 'stale' | 'unreadable';

function isFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** A file of somebody else's in its folder would keep the owner of a ledger from opening it. */
function isOurs(directory: string): boolean {
  const uid = process.getuid?.();
  return uid === undefined || lstatSync(directory).uid === uid;
}

function createFile(file: string): void {
  if (lstatSync(file, { throwIfNoEntry: false }) !== undefined) rmSync(file);
  try {
    closeSync(openSync(file, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600));
  } catch (error) {
    // Another process that looks something up was first; SQLite lets one of them make it.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !isFile(file)) throw error;
  }
}

function connect(directory: string, driver: SqliteDriver): SegmentIndex {
  const file = join(directory, FILE);
  if (!isFile(file)) createFile(file);
  const connection = driver.open(file);
  try {
    return new SegmentIndex(directory, new IndexTables(connection));
  } catch (error) {
    connection.close();
    throw error;
  }
}

function prepare(directory: string, driver: SqliteDriver, work: (index: SegmentIndex) => unknown): SegmentIndex {
  const index = connect(directory, driver);
  try {
    work(index);
    return index;
  } catch (error) {
    index[Symbol.dispose]();
    throw error;
  }
}

function remake(directory: string, driver: SqliteDriver, work: (index: SegmentIndex) => unknown): SegmentIndex {
  try {
    return prepare(directory, driver, (index) => {
      index.rebuild();
      work(index);
    });
  } catch {
    rmSync(join(directory, FILE), { force: true });
    return prepare(directory, driver, work);
  }
}

function tryPrepare(directory: string, work: (index: SegmentIndex) => unknown): SegmentIndex | undefined {
  const driver = tryLoadSqlite();
  try {
    if (driver === undefined || !isOurs(directory)) return undefined;
    try {
      return prepare(directory, driver, work);
    } catch (error) {
      // Another process has it; what is there may be whole.
      if (error instanceof Error && error.message.includes('locked')) return undefined;
      return remake(directory, driver, work);
    }
  } catch {
    return undefined;
  }
}

/**
 * Opens the index of a ledger, brought up to what the segments hold; made where it is missing, not readable or not of these
 * segments. Undefined where there can be none: no SQLite here, or a folder of somebody else's. To be disposed.
 */
export function openIndex(directory: string): SegmentIndex | undefined {
  return tryPrepare(directory, (index) => index.update());
}

/** Makes the index of a ledger again and returns how many entries were read; undefined where there can be none. */
export function rebuildIndex(directory: string): number | undefined {
  let entries: number | undefined;
  tryPrepare(directory, (index) => (entries = index.rebuild()))?.[Symbol.dispose]();
  return entries;
}

/** Brings the index of a ledger up to what the segments hold and returns how many entries were read. */
export function updateIndex(directory: string): number | undefined {
  let entries: number | undefined;
  tryPrepare(directory, (index) => (entries = index.update()))?.[Symbol.dispose]();
  return entries;
}

/** Tells how the index of a ledger is, and changes nothing. */
export function inspectIndex(directory: string): IndexState {
  const driver = tryLoadSqlite();
  if (driver === undefined) return 'off';
  const file = join(directory, FILE);
  if (lstatSync(file, { throwIfNoEntry: false }) === undefined) return 'none';
  if (!isFile(file)) return 'unreadable';
  try {
    using index = connect(directory, driver);
    return index.state();
  } catch {
    return 'unreadable';
  }
}
