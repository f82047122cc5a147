import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { kept, runQuietly } from './cache.mjs';
import { findGo, goEnvironment, missingGo } from './go.mjs';
import { freePorts, startServer } from './server.mjs';

const VERSION = 'v0.159.0';
const BUILDER = `go.opentelemetry.io/collector/cmd/builder@${VERSION}`;
// The stable modules of the same release count from 1.0.
const MANIFEST = `dist:
  name: collector
  output_path: ./src
receivers:
  - gomod: go.opentelemetry.io/collector/receiver/otlpreceiver ${VERSION}
exporters:
  - gomod: github.com/open-telemetry/opentelemetry-collector-contrib/exporter/fileexporter ${VERSION}
providers:
  - gomod: go.opentelemetry.io/collector/confmap/provider/envprovider v1.65.0
  - gomod: go.opentelemetry.io/collector/confmap/provider/fileprovider v1.65.0
`;

// One line a request; a line is written as soon as it is there.
const settings = (port) => `receivers:
  otlp: { protocols: { http: { endpoint: '127.0.0.1:${port}' } } }
exporters:
  file: { path: spans.jsonl, flush_interval: 100ms }
service:
  telemetry: { metrics: { level: none } }
  pipelines:
    traces: { receivers: [otlp], exporters: [file] }
`;

async function build() {
  const go = await findGo();
  return kept('collector', { what: BUILDER, manifest: MANIFEST }, async (home, log) => {
    const env = goEnvironment(home);
    writeFileSync(join(home, 'builder.yaml'), MANIFEST);
    await runQuietly(go, ['install', BUILDER], { cwd: home, env, log });
    await runQuietly(join(home, 'builder'), ['--config=builder.yaml'], { cwd: home, env, log });
  });
}

/** The OpenTelemetry Collector as its builder makes it: OTLP in, a file out. */
export const collector = {
  name: 'collector',
  title: 'OpenTelemetry Collector',
  version: VERSION,
  how: 'its builder: `otlpreceiver` and `fileexporter`',
  missing: missingGo,
  prepare: build,
  start: async (folder) => {
    const home = await build();
    const [port] = await freePorts(1);
    const otlp = `http://127.0.0.1:${port}`;
    writeFileSync(join(folder, 'settings.yaml'), settings(port));
    const server = await startServer({
      command: join(home, 'src/collector'),
      args: ['--config=file:settings.yaml'],
      folder,
      answersAt: otlp,
    });
    return { api: join(folder, 'spans.jsonl'), otlp, ...server };
  },
};
