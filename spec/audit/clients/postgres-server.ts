import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

const HOME = '/usr/lib/postgresql';

/** The folder of the programs of PostgreSQL, where Debian puts them; undefined where it is not installed. */
export function postgresPrograms(): string | undefined {
  if (!existsSync(HOME)) return undefined;
  const version = readdirSync(HOME).toSorted().at(-1);
  return version === undefined ? undefined : join(HOME, version, 'bin');
}

interface User {
  readonly uid?: number;
  readonly gid?: number;
}

// It refuses to run as root.
async function runningUser(): Promise<User> {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'postgres'])).stdout)),
  );
  return { ...(uid !== undefined && { uid }), ...(gid !== undefined && { gid }) };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A PostgreSQL of a spec's own. */
export interface PostgresServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** Makes a database in a new folder and starts its server on loopback. */
export async function startPostgres(programs: string): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'spanwright-pg-'));
  const user = await runningUser();
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  await run(join(programs, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'spec', '--no-sync', '-N'], {
    ...user,
    cwd: folder,
  });
  const port = await freePort();
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-k', folder, '-c', 'fsync=off'],
    { ...user, cwd: folder, stdio: 'ignore' },
  );
  const ended = once(server, 'exit');
  const isReady = async (): Promise<boolean> =>
    run(join(programs, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port), '-U', 'spec']).then(
      () => true,
      () => false,
    );
  while (!(await isReady())) {
    if (server.exitCode !== null) throw new Error(`postgres ended with ${server.exitCode}`);
    await setTimeout(50);
  }
  return {
    port,
    stop: async () => {
      server.kill('SIGQUIT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
