/** One row of the table in the design, §3: a folder or a top-level file of lib/ and what it may import. */
export interface Layer {
  readonly level: number;
  /** Units whose code it may import. */
  readonly imports: readonly string[];
  /** Units of which it may import types although they are on a higher level. */
  readonly types?: 'any';
}

const start = ['core', 'privacy', 'genai', 'calls', 'pipeline', 'audit', 'usage', 'carriers', 'decorators', 'config'];
const entry = [...start, 'start'];

export const layers: Readonly<Record<string, Layer>> = {
  core: { level: 0, imports: [] },
  privacy: { level: 1, imports: ['core'] },
  genai: { level: 1, imports: ['core'] },
  calls: { level: 2, imports: ['core', 'privacy'] },
  pipeline: { level: 2, imports: ['core', 'privacy', 'genai'] },
  audit: { level: 3, imports: ['core', 'privacy', 'calls'] },
  usage: { level: 3, imports: ['core', 'privacy'] },
  carriers: { level: 3, imports: ['core', 'calls'] },
  decorators: { level: 4, imports: ['core', 'privacy', 'genai', 'calls', 'audit', 'usage'] },
  config: { level: 5, imports: ['core'], types: 'any' },
  start: { level: 6, imports: start },
  index: { level: 7, imports: entry },
  edge: { level: 7, imports: entry },
  register: { level: 7, imports: entry },
  nestjs: { level: 7, imports: entry },
  frameworks: { level: 7, imports: entry },
  instrumentations: { level: 7, imports: entry },
  testing: { level: 7, imports: entry },
  apps: { level: 8, imports: entry },
};

/** Dependencies that cost load time or an install, each with the only folders that may name it. */
export const heavyDependencies: ReadonlyArray<{ readonly name: RegExp; readonly homes: readonly string[] }> = [
  { name: /^class-(validator|transformer)(\/|$)/, homes: ['config/'] },
  {
    name: /^@opentelemetry\/(sdk-[^/]+|exporter-[^/]+|otlp-[^/]+|resources|context-async-hooks|core)(\/|$)/,
    homes: ['pipeline/'],
  },
  {
    name: /^(node:sqlite|better-sqlite3|libsql|sqlite3|pg|mysql2?|mongodb)(\/|$)/,
    homes: ['audit/stores/', 'apps/viewer/'],
  },
  { name: /^@nestjs\//, homes: ['nestjs/'] },
];
