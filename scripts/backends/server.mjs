// Programs that answer on loopback, each in a folder of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const SUPERVISOR = fileURLToPath(new URL('supervisor.mjs', import.meta.url));
const GRACE_MS = 2000;
const ANSWER_LIMIT_MS = 180_000;
const LOG_TAIL_CHARS = 3000;
/** What an application may have set for the same tools; a server of ours starts without. */
const SETTINGS = /^(PHOENIX|MLFLOW|OTEL|JAEGER|SPANWRIGHT|NODE_V8_COVERAGE|NODE_OPTIONS)/;

/** So many ports of loopback that nobody listens on. */
export async function freePorts(count) {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = servers.map((server) => server.address().port);
  // All of them at once, so that no two are the same.
  await Promise.all(servers.map((server) => (server.close(), once(server, 'close'))));
  return ports;
}

async function isAnswering(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return response.status < 500;
  } catch {
    return false;
  }
}

/** Starts a program in a folder and waits until a URL of it answers; gives what stops it. */
export async function startServer({ command, args, folder, env = {}, answersAt }) {
  const inherited = Object.entries(process.env).filter(([name]) => !SETTINGS.test(name));
  const log = join(folder, 'server.log');
  const file = createWriteStream(log);
  await once(file, 'open');
  const child = spawn(process.execPath, [SUPERVISOR, String(GRACE_MS), command, ...args], {
    cwd: folder,
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['pipe', file, file],
  });
  const closed = once(child, 'close');
  const stop = async () => {
    child.stdin.destroy();
    await closed;
    file.end();
  };
  const start = performance.now();
  while (!(await isAnswering(answersAt))) {
    const isOver = child.exitCode !== null || performance.now() - start > ANSWER_LIMIT_MS;
    if (isOver) {
      await stop();
      throw new Error(
        `${command} does not answer at ${answersAt}:\n${readFileSync(log, 'utf8').slice(-LOG_TAIL_CHARS)}`,
      );
    }
    await delay(200);
  }
  return { stop };
}
