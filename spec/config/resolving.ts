import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { expect } from 'chai';

import type { ConfigProblem } from '#lib/config/problems.js';
import { ConfigError } from '#lib/config/problems.js';
import type { ResolvedConfig } from '#lib/config/resolve.js';
import { resolveConfig } from '#lib/config/resolve.js';

export type Env = Record<string, string>;
type Destination = ResolvedConfig['destinations'][number];
type HttpTransport = Extract<Destination['transport'], { kind: 'http' }>;

// A folder without a package.json above it, so that nothing but the arguments decides.
const NOWHERE = '/';

/** Resolves options in an environment and a folder of their own. */
export function resolve(options?: unknown, env: Env = {}, cwd = NOWHERE): ResolvedConfig {
  return resolveConfig(options, env, cwd);
}

/** The error that resolving ends with. */
export function errorOf(options?: unknown, env: Env = {}, cwd = NOWHERE): ConfigError {
  try {
    resolve(options, env, cwd);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** The problems of an error that is `CONFIG_INVALID`. */
export function problemsOf(options?: unknown, env: Env = {}, cwd = NOWHERE): readonly ConfigProblem[] {
  const error = errorOf(options, env, cwd);
  if (error.code !== 'CONFIG_INVALID') throw error;
  return error.problems;
}

/** What an error says of a provider that is none. */
export const ALLOWED_PROVIDERS =
  'one of console, memory, file, otlp, phoenix, arize, langfuse, langsmith, langwatch, braintrust, opik, honeycomb, datadog, azure_monitor, grafana_cloud, tempo, jaeger, mlflow, logfire, custom, azure_ai';

/** What every destination is told that says nothing itself. */
export const COMMON = {
  granularity: 'full',
  filter: {},
  vocabulary: 'gen-ai',
  limits: {},
  resourceAttributes: {},
  announceStarts: false,
  delivery: {
    maxQueue: 100_000,
    onFull: 'drop_oldest',
    maxWaitMs: 1000,
    batch: { maxSpans: 512, maxBytes: 1_048_576, delayMs: 1000 },
    breaker: { failures: 5, openMs: 30_000 },
    health: { dropRatio: 0.01, latencyMs: 100 },
  },
} as const;

/** The only destination of a configuration. */
export function onlyOf(config: ResolvedConfig): Destination {
  const [destination, ...others] = config.destinations;
  if (destination === undefined || others.length > 0) throw new Error('expected one destination');
  return destination;
}

/** What carries spans to the only destination of a configuration, over HTTP. */
export function otlpOf(config: ResolvedConfig): HttpTransport {
  const { transport } = onlyOf(config);
  if (transport.kind !== 'http') throw new Error(`expected a destination over HTTP, got ${transport.kind}`);
  return transport;
}

/** What carries spans to one `otlp` destination with some options. */
export function otlp(options: object = {}, env: Env = {}): HttpTransport {
  return otlpOf(resolve({ destinations: [{ provider: 'otlp', ...options }] }, env));
}

/** Where a value of it comes from. */
export function otlpSource(key: string, options: object = {}, env: Env = {}): string | undefined {
  return resolve({ destinations: [{ provider: 'otlp', ...options }] }, env).sources[`destinations.otlp.${key}`];
}

/** The only problem it has. */
export function otlpProblem(options: object, env: Env = {}): ConfigProblem | undefined {
  const problems = problemsOf({ destinations: [{ provider: 'otlp', ...options }] }, env);
  expect(problems).length(1);
  return problems[0];
}

/** Folders with files, made for one suite and removed after it. */
export class Folders {
  readonly #made: string[] = [];

  make(files: Record<string, string> = {}): string {
    const folder = mkdtempSync(join(tmpdir(), 'spanwright-config-'));
    this.#made.push(folder);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return folder;
  }

  remove(): void {
    for (const folder of this.#made.splice(0)) rmSync(folder, { recursive: true });
  }
}
