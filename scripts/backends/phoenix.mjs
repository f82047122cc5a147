import { join } from 'node:path';

import { installPython, missingPython } from './python.mjs';
import { freePorts, startServer } from './server.mjs';

const VERSION = '20.26.1';
const REQUIREMENT = `arize-phoenix==${VERSION}`;

/** Arize Phoenix from the Python index, with SQLite. */
export const phoenix = {
  name: 'phoenix',
  title: 'Arize Phoenix',
  version: REQUIREMENT,
  how: 'virtual environment, `phoenix serve`',
  missing: missingPython,
  prepare: () => installPython('phoenix', REQUIREMENT),
  start: async (folder) => {
    const bin = await installPython('phoenix', REQUIREMENT);
    const [port, grpcPort] = await freePorts(2);
    const api = `http://127.0.0.1:${port}`;
    const server = await startServer({
      command: join(bin, 'phoenix'),
      args: ['serve'],
      folder,
      env: {
        PHOENIX_HOST: '127.0.0.1',
        PHOENIX_PORT: String(port),
        PHOENIX_GRPC_PORT: String(grpcPort),
        PHOENIX_WORKING_DIR: folder,
        PHOENIX_TELEMETRY_ENABLED: 'false',
      },
      answersAt: `${api}/healthz`,
    });
    return { api, otlp: api, ...server };
  },
};
