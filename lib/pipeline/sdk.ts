import { createRequire, Module } from 'node:module';
import { dirname, join } from 'node:path';
import type * as Hooks from '@opentelemetry/context-async-hooks';
import type * as Core from '@opentelemetry/core';
import type * as Resources from '@opentelemetry/resources';
import type * as SdkTrace from '@opentelemetry/sdk-trace';
import { nodeRequire } from '#node-require';
import { isOpen } from './host.js';

/** The packages of the OpenTelemetry SDK that a pipeline stands on, of either line (2.x, 3.x). */
export interface Sdk {
  readonly trace: Pick<
    typeof SdkTrace,
    'AlwaysOffSampler' | 'AlwaysOnSampler' | 'ParentBasedSampler' | 'SamplingDecision' | 'TraceIdRatioBasedSampler'
  > & { readonly TracerProvider: typeof SdkTrace.TracerProvider };
  readonly hooks: typeof Hooks;
  readonly core: typeof Core;
  readonly resources: typeof Resources;
}

/** A package that is not installed, with the command that installs it. */
export class MissingPackage extends Error {
  override readonly name = 'MissingPackage';
  readonly packages: readonly string[];

  constructor(packages: readonly string[], cause: unknown) {
    super(`${packages.join(', ')} cannot be loaded`, { cause });
    this.packages = packages;
  }

  get hint(): string {
    return `npm install ${this.packages.map(withRange).join(' ')}`;
  }
}

// What npm would install without a range is a preview of 2020, which its tag `latest` names.
const RANGES: Readonly<Record<string, string>> = {
  '@azure/monitor-opentelemetry-exporter': '>=1.0.0-beta.32 <1.0.0-preview || ^1.0.0',
};

// Beside an API below 1.10 npm refuses the 3.x line, which it would choose by itself where Node is new enough.
function withRange(name: string): string {
  const range = RANGES[name];
  if (range !== undefined) return `"${name}@${range}"`;
  if (!isOlderApi()) return name;
  return `"${name}@${EXPERIMENTAL.test(name) ? '<0.300' : '<3'}"`;
}

const EXPERIMENTAL = /\/(exporter|otlp)-/;

/** Tells whether the API beside the package is below 1.10: it names no version that can be read; logs came with 1.10. */
export function isOlderApi(): boolean {
  try {
    return (nodeRequire('@opentelemetry/api') as { logs?: unknown }).logs === undefined;
  } catch {
    return false;
  }
}

const SDK_PACKAGES = [
  '@opentelemetry/sdk-trace',
  '@opentelemetry/context-async-hooks',
  '@opentelemetry/core',
  '@opentelemetry/resources',
] as const;

function isMissing(error: unknown, name: string): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const isAbsent = code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND';
  return isAbsent && String(message).includes(name);
}

/** Loads a package of the application, synchronously. Throws `MissingPackage` when exactly that one is not installed. */
export function loadPackage(name: string): unknown {
  return unlessMissing(name, () => nodeRequire(name));
}

/** Loads what a package of the application depends on, and not the package. Throws `MissingPackage` as well. */
export function loadThrough(name: string, dependency: string): unknown {
  return unlessMissing(name, () => createRequire(nodeRequire.resolve(name))(dependency));
}

/** Loads a file that a package of the application does not offer; undefined where there is no such file. */
export function tryLoadFile(name: string, path: string): unknown {
  try {
    return nodeRequire(join(dirname(nodeRequire.resolve(name)), path));
  } catch {
    return undefined;
  }
}

function unlessMissing(name: string, load: () => unknown): unknown {
  try {
    return load();
  } catch (error) {
    if (isMissing(error, name)) throw new MissingPackage([name], error);
    throw error;
  }
}

// Before 2.9 the 2.x line had no `sdk-trace`; its Node package offers the same classes under an older name.
function loadTrace(): Sdk['trace'] {
  try {
    const loaded = loadPackage(SDK_PACKAGES[0]) as Sdk['trace'];
    if (isOpen(new loaded.TracerProvider())) return loaded;
    return { ...loaded, TracerProvider: loadUnreplaced() ?? loaded.TracerProvider };
  } catch (error) {
    if (!(error instanceof MissingPackage)) throw error;
    const older = loadOlder();
    if (older === undefined) throw error;
    return older;
  }
}

// dd-trace puts its own class in place of the SDK's, whose spans nobody can read. The file alone holds the SDK's still.
function loadUnreplaced(): Sdk['trace']['TracerProvider'] | undefined {
  try {
    const file = join(dirname(nodeRequire.resolve(SDK_PACKAGES[0])), 'TracerProvider.js');
    const fresh = new Module(file) as Module & { load(file: string): void };
    fresh.load(file);
    return (fresh.exports as Partial<Sdk['trace']>).TracerProvider;
  } catch {
    return undefined;
  }
}

function loadOlder(): Sdk['trace'] | undefined {
  try {
    const node = loadPackage('@opentelemetry/sdk-trace-node') as Sdk['trace'] & {
      BasicTracerProvider: Sdk['trace']['TracerProvider'];
    };
    return { ...node, TracerProvider: node.BasicTracerProvider };
  } catch {
    return undefined;
  }
}

/** Loads the SDK. Throws one `MissingPackage` that names everything that is not installed. */
export function loadSdk(): Sdk {
  const missing: string[] = [];
  let cause: unknown;
  const attempt = <T>(load: () => T): T | undefined => {
    try {
      return load();
    } catch (error) {
      if (!(error instanceof MissingPackage)) throw error;
      missing.push(...error.packages);
      cause = error;
      return undefined;
    }
  };
  const trace = attempt(loadTrace);
  const hooks = attempt(() => loadPackage(SDK_PACKAGES[1]) as typeof Hooks);
  const core = attempt(() => loadPackage(SDK_PACKAGES[2]) as typeof Core);
  const resources = attempt(() => loadPackage(SDK_PACKAGES[3]) as typeof Resources);
  if (trace === undefined || hooks === undefined || core === undefined || resources === undefined) {
    throw new MissingPackage(missing, cause);
  }
  return { trace, hooks, core, resources };
}

/** The version of an SDK, as it writes it on every resource; undefined where it does not. */
export function versionOf({ defaultResource }: Sdk['resources']): string | undefined {
  const version = defaultResource().attributes['telemetry.sdk.version'];
  return typeof version === 'string' ? version : undefined;
}
