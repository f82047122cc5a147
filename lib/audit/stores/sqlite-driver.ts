import { nodeRequire } from '#node-require';

/** What SQLite stores and gives. */
export type SqliteValue = string | number | null;

/** A prepared statement. */
export interface SqliteStatement {
  run(...values: readonly SqliteValue[]): unknown;
  get(...values: readonly SqliteValue[]): unknown;
  all(...values: readonly SqliteValue[]): unknown[];
}

/** One connection to a database file. */
export interface SqliteConnection {
  exec(sql: string): unknown;
  prepare(sql: string): SqliteStatement;
  close(): unknown;
}

/** A package that speaks to SQLite. */
export interface SqliteDriver {
  readonly name: 'node:sqlite' | 'libsql';
  open(file: string): SqliteConnection;
}

type Database = new (file: string) => SqliteConnection;

function tryLoad(name: string): unknown {
  try {
    return nodeRequire(name);
  } catch {
    return undefined;
  }
}

/** SQLite of Node (22.13 and later, 22.5 with a flag), else of the package `libsql`; undefined where there is neither. */
export function tryLoadSqlite(): SqliteDriver | undefined {
  const ofNode = tryLoad('node:sqlite') as { readonly DatabaseSync: Database } | undefined;
  if (ofNode !== undefined) return { name: 'node:sqlite', open: (file) => new ofNode.DatabaseSync(file) };
  const ofPackage = tryLoad('libsql') as Database | undefined;
  return ofPackage && { name: 'libsql', open: (file) => new ofPackage(file) };
}
