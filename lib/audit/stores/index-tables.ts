import type { IndexedKeys } from './indexed-keys.js';
import type { SqliteConnection } from './sqlite-driver.js';

const SCHEMA_VERSION = 1;

const SCHEMA = `
  DROP TABLE IF EXISTS ledger;
  DROP TABLE IF EXISTS segments;
  DROP TABLE IF EXISTS entries;
  CREATE TABLE ledger (hash TEXT NOT NULL);
  CREATE TABLE segments (
    file TEXT PRIMARY KEY, upto INTEGER NOT NULL, last INTEGER NOT NULL, leaf TEXT NOT NULL, wseq INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE entries (
    wid TEXT NOT NULL, wseq INTEGER NOT NULL, file TEXT NOT NULL, start INTEGER NOT NULL, call TEXT, parent TEXT, run TEXT, trace TEXT,
    PRIMARY KEY (wid, wseq)
  ) WITHOUT ROWID;
  CREATE INDEX by_call ON entries (call) WHERE call IS NOT NULL;
  CREATE INDEX by_parent ON entries (parent) WHERE parent IS NOT NULL;
  CREATE INDEX by_run ON entries (run) WHERE run IS NOT NULL;
  CREATE INDEX by_trace ON entries (trace) WHERE trace IS NOT NULL;
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

/** How far a segment is in the index. */
export interface SegmentState {
  readonly file: string;
  /** Offset after its last frame that is. */
  readonly upto: number;
  /** Offset, leaf hash and number of that frame. */
  readonly last: number;
  readonly leaf: string;
  readonly wseq: number;
}

/** Where an entry should stand. */
export interface EntryRow {
  readonly wid: string;
  readonly wseq: number;
  /** The segment, inside the folder of the ledger. */
  readonly file: string;
  /** Offset of the frame. */
  readonly start: number;
}

/** What look-ups go by. */
export type KeyName = 'call' | 'parent' | 'run' | 'trace';

/** The tables of an index on one connection. Throws what SQLite throws. */
export class IndexTables {
  readonly #connection: SqliteConnection;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
    connection.exec('PRAGMA busy_timeout = 5000');
  }

  /** SHA-256 of the `ledger.json` it was made of; undefined where it is of another version or empty. */
  ledger(): string | undefined {
    const { user_version: version } = this.#connection.prepare('PRAGMA user_version').get() as { user_version: number };
    if (version !== SCHEMA_VERSION) return undefined;
    return (this.#connection.prepare('SELECT hash FROM ledger').get() as { hash: string } | undefined)?.hash;
  }

  clear(ledger: string): void {
    this.#connection.exec(SCHEMA);
    this.#connection.prepare('INSERT INTO ledger VALUES (?)').run(ledger);
  }

  segments(): Map<string, SegmentState> {
    const rows = this.#connection.prepare('SELECT file, upto, last, leaf, wseq FROM segments').all() as SegmentState[];
    return new Map(rows.map((row) => [row.file, row]));
  }

  setSegment({ file, upto, last, leaf, wseq }: SegmentState): void {
    this.#connection
      .prepare('INSERT OR REPLACE INTO segments VALUES (?, ?, ?, ?, ?)')
      .run(file, upto, last, leaf, wseq);
  }

  /** Gives a function that adds an entry, for many of them. */
  adder(): (file: string, start: number, keys: IndexedKeys) => void {
    const insert = this.#connection.prepare('INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
    return (file, start, { wid, wseq, call = null, parent = null, run = null, trace = null }) => {
      insert.run(wid, wseq, file, start, call, parent, run, trace);
    };
  }

  /** By writer, then by number. */
  find(key: KeyName, value: string): EntryRow[] {
    const sql = `SELECT wid, wseq, file, start FROM entries WHERE ${key} = ? ORDER BY wid, wseq`;
    return this.#connection.prepare(sql).all(value) as EntryRow[];
  }

  count(): number {
    return (this.#connection.prepare('SELECT count(*) AS n FROM entries').get() as { n: number }).n;
  }

  /** Runs all of it or nothing of it, while nobody else writes. */
  transact<T>(work: () => T): T {
    this.#connection.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#connection.exec('COMMIT');
      return result;
    } catch (error) {
      this.#connection.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.#connection.close();
  }
}
