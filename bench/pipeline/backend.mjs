import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const SERVER = fileURLToPath(new URL('server.mjs', import.meta.url));

/** Starts a backend; `stats()` says what it has received, `stop()` ends it and waits for that. */
export async function startBackend({ mode = 'ok', latencyMs = 0 } = {}) {
  const child = fork(SERVER, [mode, String(latencyMs)], { execArgv: [] });
  const ask = async () => (await once(child, 'message'))[0];
  const { port } = await ask();
  return {
    endpoint: `http://127.0.0.1:${port}/v1/traces`,
    stats: () => {
      child.send('stats');
      return ask();
    },
    stop: async () => {
      child.kill();
      await once(child, 'exit');
    },
  };
}
