import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { kept, runQuietly } from './cache.mjs';
import { findGo, goEnvironment, missingGo } from './go.mjs';
import { freePorts, startServer } from './server.mjs';

const VERSION = 'v1.76.0';
const MODULE = `github.com/jaegertracing/jaeger@${VERSION}`;

const settings = (port, apiPort, grpcPort) => `receivers:
  otlp: { protocols: { http: { endpoint: '127.0.0.1:${port}' } } }
exporters:
  jaeger_storage_exporter: { trace_storage: memory }
extensions:
  jaeger_storage: { backends: { memory: { memory: { max_traces: 1000 } } } }
  jaeger_query:
    storage: { traces: memory }
    http: { endpoint: '127.0.0.1:${apiPort}' }
    grpc: { endpoint: '127.0.0.1:${grpcPort}' }
service:
  telemetry: { metrics: { level: none } }
  extensions: [jaeger_storage, jaeger_query]
  pipelines:
    traces: { receivers: [otlp], exporters: [jaeger_storage_exporter] }
`;

// `go install` refuses a module whose go.mod replaces another, so that it is built as the main module, with its own go.sum.
async function build() {
  const go = await findGo();
  return kept('jaeger', { what: `${MODULE}, cmd/jaeger` }, async (home, log) => {
    const source = join(home, 'src');
    const env = goEnvironment(home);
    const { Dir } = JSON.parse(
      execFileSync(go, ['mod', 'download', '-json', MODULE], { cwd: home, env, encoding: 'utf8' }),
    );
    cpSync(Dir, source, { recursive: true });
    // The module cache is read-only, and so is a copy of it.
    for (const file of readdirSync(source, { recursive: true, withFileTypes: true })) {
      if (file.isDirectory()) chmodSync(join(file.parentPath, file.name), 0o755);
    }
    chmodSync(source, 0o755);
    const args = ['build', '-trimpath', '-ldflags=-s -w', '-o', join(home, 'jaeger'), './cmd/jaeger'];
    await runQuietly(go, args, { cwd: source, env, log });
  });
}

/** Jaeger v2 with its spans in memory; the module has no page of its own, its API is whole. */
export const jaeger = {
  name: 'jaeger',
  title: 'Jaeger',
  version: `module ${VERSION}`,
  how: '`go build` of its `cmd/jaeger`: OTLP in, spans in memory',
  missing: missingGo,
  prepare: build,
  start: async (folder) => {
    const home = await build();
    const [port, apiPort, grpcPort] = await freePorts(3);
    writeFileSync(join(folder, 'settings.yaml'), settings(port, apiPort, grpcPort));
    const api = `http://127.0.0.1:${apiPort}`;
    const server = await startServer({
      command: join(home, 'jaeger'),
      args: ['--config=file:settings.yaml'],
      folder,
      answersAt: `${api}/api/services`,
    });
    return { api, otlp: `http://127.0.0.1:${port}`, ...server };
  },
};
