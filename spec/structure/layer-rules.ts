import { posix } from 'node:path';

import { heavyDependencies, layers } from './layer-table.js';
import { readImports, type Import } from './read-imports.js';

/** Sources by path below lib/, such as `calls/engine.ts`. */
export type Sources = ReadonlyMap<string, string>;

/** Everything the sources do against the table: one sentence each, none when the table holds. */
export function findViolations(sources: Sources): string[] {
  const found: string[] = [];
  const edges = new Map<string, string[]>();
  for (const [file, text] of sources) {
    const targets: string[] = [];
    if (layers[unitOf(file)] === undefined) found.push(`${file} is in no layer of the table`);
    for (const used of readImports(text)) {
      const target = resolve(file, used.specifier);
      if (target === undefined) {
        found.push(...checkDependency(file, used.specifier));
      } else {
        found.push(...checkEdge(file, target, used, sources));
        targets.push(target);
      }
    }
    edges.set(file, targets);
  }
  return [...found, ...findCycles(edges)];
}

/** The file below lib/ that a specifier names, or `undefined` for a package. */
function resolve(file: string, specifier: string): string | undefined {
  if (specifier === '#node-require') return 'core/node-require.ts';
  if (!specifier.startsWith('.')) return undefined;
  return posix.join(posix.dirname(file), specifier).replace(/\.js$/, '.ts');
}

function checkEdge(file: string, target: string, used: Import, sources: Sources): string[] {
  if (target !== 'core/node-require.ts' && !sources.has(target)) {
    return [`${file} imports ${used.specifier}, which is no file of lib/`];
  }
  const [from, to] = [unitOf(file), unitOf(target)];
  const [source, destination] = [layers[from], layers[to]];
  if (source === undefined || destination === undefined) return [];
  if (from === to || source.imports.includes(to)) return [];
  if (used.kind === 'type' && (source.types === 'any' || destination.level <= source.level)) return [];
  const what = used.kind === 'type' ? 'types of ' : '';
  return [`${file}: ${from} (level ${source.level}) may not import ${what}${to} (level ${destination.level})`];
}

function checkDependency(file: string, specifier: string): string[] {
  return heavyDependencies
    .filter(({ name, homes }) => name.test(specifier) && !homes.some((home) => file.startsWith(home)))
    .map(({ homes }) => `${file} imports ${specifier}, whose home is ${homes.join(' and ')}`);
}

/** `calls/engine.ts` → `calls`, `start.ts` → `start`; `testing.ts` and `testing/` are one unit. */
function unitOf(file: string): string {
  return file.split('/', 1)[0]?.replace(/\.ts$/, '') ?? file;
}

/** Type imports count: two files that need each other's types are one file in two places. */
function findCycles(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const seenAt = path.indexOf(file);
    if (seenAt >= 0) {
      cycles.push(`cycle: ${[...path.slice(seenAt), file].join(' → ')}`);
    } else if (!done.has(file)) {
      for (const target of edges.get(file) ?? []) visit(target, [...path, file]);
      done.add(file);
    }
  };
  for (const file of edges.keys()) visit(file, []);
  return cycles;
}
