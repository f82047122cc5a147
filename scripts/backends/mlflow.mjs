import { join } from 'node:path';

import { installPython, missingPython } from './python.mjs';
import { freePorts, startServer } from './server.mjs';

const VERSION = '3.17.2';
const REQUIREMENT = `mlflow==${VERSION}`;

/** MLflow from the Python index, with SQLite: its file store takes no traces. */
export const mlflow = {
  name: 'mlflow',
  title: 'MLflow',
  version: REQUIREMENT,
  how: 'virtual environment, `mlflow server` with SQLite',
  missing: missingPython,
  prepare: () => installPython('mlflow', REQUIREMENT),
  start: async (folder) => {
    const bin = await installPython('mlflow', REQUIREMENT);
    const [port] = await freePorts(1);
    const api = `http://127.0.0.1:${port}`;
    const store = ['--backend-store-uri', `sqlite:///${join(folder, 'mlflow.db')}`];
    const artifacts = ['--default-artifact-root', join(folder, 'artifacts')];
    const server = await startServer({
      command: join(bin, 'mlflow'),
      args: ['server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1', ...store, ...artifacts],
      folder,
      env: { DO_NOT_TRACK: 'true', MLFLOW_DISABLE_TELEMETRY: 'true', MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false' },
      answersAt: `${api}/health`,
    });
    return { api, otlp: api, ...server };
  },
};
