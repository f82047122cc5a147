import type { CheckedOptions } from './check.js';
import type { ResourceAttributes } from './entries.js';
import { isEntryName } from './entries.js';
import { findPackage } from './package-file.js';
import { printPath } from './problems.js';
import type { Candidate, Resolution } from './resolution.js';

/** Who the spans are from. */
export interface Identity {
  readonly serviceName: string;
  readonly serviceVersion?: string;
  readonly environment: string;
  /** Every attribute of the resource, with `service.name`, `service.version` and `deployment.environment.name`. */
  readonly resource: ResourceAttributes;
}

const VARIABLE = 'OTEL_RESOURCE_ATTRIBUTES';

function textOf(attributes: ResourceAttributes | undefined, ...keys: string[]): string | undefined {
  const values = keys.map((key) => attributes?.[key]);
  return values.find((value): value is string => typeof value === 'string' && /\S/.test(value));
}

function readVariable(resolution: Resolution): ResourceAttributes {
  const attributes: Record<string, string> = {};
  for (const [key, value] of resolution.pairs(VARIABLE, ['resource'])) {
    if (isEntryName(key)) attributes[key] = value;
    else resolution.complain(VARIABLE, ['resource', key], value, 'another name of an attribute');
  }
  return attributes;
}

function merge(
  resolution: Resolution,
  layers: readonly (readonly [string, ResourceAttributes | undefined])[],
): ResourceAttributes {
  const merged: ResourceAttributes = {};
  for (const [source, attributes] of layers) {
    for (const [key, value] of Object.entries(attributes ?? {})) {
      merged[key] = value;
      resolution.sources[printPath(['resource', key])] = source;
    }
  }
  return merged;
}

function once<T>(read: () => T): () => T {
  let found: { value: T } | undefined;
  return () => {
    found ??= { value: read() };
    return found.value;
  };
}

/** Resolves service, version, environment and resource. */
export function resolveIdentity(resolution: Resolution, code: CheckedOptions, file: CheckedOptions): Identity {
  const { sources } = resolution;
  const variable = readVariable(resolution);
  const packageFile = once(() => findPackage(resolution.cwd));
  const fromVariable = (...keys: string[]): Candidate<string> => [VARIABLE, () => textOf(variable, ...keys)];

  const serviceName = resolution.pickOr(
    ['serviceName'],
    [
      ['code', () => code.serviceName ?? textOf(code.resource, 'service.name')],
      ['OTEL_SERVICE_NAME', () => resolution.variable('OTEL_SERVICE_NAME')],
      fromVariable('service.name'),
      ['file', () => file.serviceName ?? textOf(file.resource, 'service.name')],
      ['package.json', () => packageFile()?.name],
    ],
    'unknown_service:node',
  );
  const serviceVersion = resolution.pick(
    ['serviceVersion'],
    [
      ['code', () => code.serviceVersion ?? textOf(code.resource, 'service.version')],
      fromVariable('service.version'),
      ['file', () => file.serviceVersion ?? textOf(file.resource, 'service.version')],
      // A service under another name than the package is not of its version: monorepos start many from one folder.
      ['package.json', () => (packageFile()?.name === serviceName ? packageFile()?.version : undefined)],
    ],
  );
  const environment = resolution.pickOr(
    ['environment'],
    [
      ['code', () => code.environment ?? textOf(code.resource, 'deployment.environment.name')],
      ['ENVIRONMENT', () => resolution.variable('ENVIRONMENT')],
      // The second is the name of the conventions before 1.27, which many deployments still set.
      fromVariable('deployment.environment.name', 'deployment.environment'),
      ['file', () => file.environment ?? textOf(file.resource, 'deployment.environment.name')],
    ],
    'local',
  );

  const resource = merge(resolution, [
    ['file', file.resource],
    [VARIABLE, variable],
    ['code', code.resource],
    [sources['serviceName'] ?? '', { 'service.name': serviceName }],
    [sources['serviceVersion'] ?? '', serviceVersion === undefined ? undefined : { 'service.version': serviceVersion }],
    [sources['environment'] ?? '', { 'deployment.environment.name': environment }],
  ]);
  return { serviceName, environment, resource, ...(serviceVersion === undefined ? {} : { serviceVersion }) };
}
