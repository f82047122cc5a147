import { promisify } from 'node:util';

import { expect } from 'chai';
import { Client, DatabaseError, Pool, Query, type PoolConfig, type QueryResult } from 'pg';

import { auditedClient } from '#lib/audit/clients/audited-client.js';
import { postgresPrograms, startPostgres, type PostgresServer } from './postgres-server.js';
import { RecordingLedger } from './recording-ledger.js';
import { startWatchedWire, type WatchedWire } from './watched-wire.js';

const programs = postgresPrograms();

describe('auditedClient around pg', function () {
  this.timeout(60_000);

  let postgres: PostgresServer;
  let wire: WatchedWire;
  let pool: Pool;
  let ledger: RecordingLedger;
  /** What was on the wire although no intent was durable. */
  const early: string[] = [];

  const options = (): { callType: string; provider: string; methods: ['query']; ledger: RecordingLedger } => ({
    callType: 'sql',
    provider: 'postgres',
    methods: ['query'],
    ledger,
  });
  const connection = (): PoolConfig => ({ host: '127.0.0.1', port: wire.port, user: 'spec', database: 'postgres' });

  function look(bytes: Buffer): void {
    for (const [marker] of bytes.toString('latin1').matchAll(/mark_\d+/g)) {
      const known = ledger.calls.find((call) => JSON.stringify(call.start.request).includes(marker));
      if (known?.isIntentDurable !== true) early.push(marker);
    }
  }

  before(async function () {
    // Where it is not installed there is nothing to talk to.
    if (programs === undefined) this.skip();
    postgres = await startPostgres(programs);
    wire = await startWatchedWire(postgres.port, look);
  });
  beforeEach(() => {
    ledger = new RecordingLedger();
    early.length = 0;
    pool = auditedClient(new Pool({ ...connection(), max: 3 }), options());
  });
  afterEach(async () => {
    await pool.end();
    expect(early).deep.equal([]);
  });
  after(async () => {
    await wire?.close();
    await postgres?.stop();
  });

  it('keeps the pool, its promises and its events', async () => {
    expect(pool).instanceOf(Pool);
    const connected: unknown[] = [];
    pool.on('connect', (client) => connected.push(client));
    const promise = pool.query('select 7 as n -- mark_1');
    expect(promise).instanceOf(Promise);
    const { rows, rowCount } = await promise;
    expect([rows, rowCount]).deep.equal([[{ n: 7 }], 1]);
    expect(connected).length(1);
    expect(pool.totalCount).equal(1);
    expect(ledger.only.isOutcomeDurable).equal(true);
  });

  it('records what was asked and what came back', async () => {
    await pool.query('select $1::int as n -- mark_2', [7]);
    const { start, end } = ledger.only;
    expect(start).deep.include({ system: 'sql', provider: 'postgres', op: { class: 'BoundPool', method: 'query' } });
    expect(start.request).deep.equal({ value: ['select $1::int as n -- mark_2', [7]] });
    expect(end).nested.include({ status: 'ok', 'response.value.rows[0].n': 7 });
  });

  it('sends no query before its intent is durable', async () => {
    const numbers = Array.from({ length: 30 }, (_, index) => 100 + index);
    const answers = await Promise.all(numbers.map((n) => pool.query<{ n: number }>(`select ${n} as n -- mark_${n}`)));
    expect(answers.map(({ rows }) => rows[0]?.n)).deep.equal(numbers);
    expect(ledger.calls).length(30);
  });

  it('calls a callback when the outcome is durable', async () => {
    const seen: boolean[] = [];
    await new Promise<void>((resolve) => {
      const returned: unknown = pool.query('select 7 as n -- mark_3', (error: Error | null, result: QueryResult) => {
        seen.push(ledger.only.isOutcomeDurable, error == null, result.rowCount === 1);
        resolve();
      });
      expect(returned).equal(undefined);
    });
    expect(seen).deep.equal([true, true, true]);
    const query = promisify((text: string, done: (error: Error | null, result?: QueryResult) => void) =>
      pool.query(text, done),
    );
    const error: unknown = await query('select nothing_there').catch((thrown: unknown) => thrown);
    expect(error).instanceOf(DatabaseError);
    expect(ledger.calls[1]?.end).deep.include({ status: 'error', error: { type: 'error', code: '42703' } });
  });

  it('rejects as the pool does, and tells the code alone', async () => {
    const error: unknown = await pool.query('select nothing_there').catch((thrown: unknown) => thrown);
    expect(error).instanceOf(DatabaseError);
    expect(error).property('code', '42703');
    expect(ledger.only.end).deep.equal({ status: 'error', error: { type: 'error', code: '42703' } });
    expect(ledger.only.cause?.thrown).equal(error);
  });

  it('withholds what came back when the outcome is lost', async () => {
    ledger.losesOutcomes = true;
    const error: unknown = await pool.query('select 1').catch((thrown: unknown) => thrown);
    expect(error).property('code', 'AUDIT_OUTCOME_LOST');
    const told = await new Promise((resolve) => {
      pool.query('select 1', resolve);
    });
    expect(told).property('code', 'AUDIT_OUTCOME_LOST');
  });

  it('makes no query whose intent is refused', async () => {
    ledger.refuseWith = 'AUDIT_DISK_LOW';
    const error: unknown = await pool.query('select 1 -- mark_4').catch((thrown: unknown) => thrown);
    expect(error).property('code', 'AUDIT_DISK_LOW');
    const told = await new Promise((resolve) => {
      pool.query('select 1 -- mark_5', resolve);
    });
    expect(told).property('code', 'AUDIT_DISK_LOW');
    expect(pool.totalCount).equal(0);
  });

  it('keeps a client of a connection, its transactions and their order', async () => {
    const client = auditedClient(new Client(connection()), options());
    expect(client).instanceOf(Client);
    await client.connect();
    const texts = ['begin', 'create temp table t (n int)', 'insert into t values (7)', 'select n from t', 'commit'];
    const answers = await Promise.all(texts.map((text) => client.query(text)));
    expect(answers[3]?.rows).deep.equal([{ n: 7 }]);
    expect(ledger.calls.map(({ start }) => (start.request as { value: unknown[] }).value[0])).deep.equal(texts);
    await client.end();
  });

  it('refuses a query object, which is no promise', () => {
    const client = auditedClient(new Client(connection()), options());
    expect(() => client.query(new Query('select 1'))).throw('AUDIT_CLIENT_UNKNOWN');
  });
});
