import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Runs a Node program from the repository's root with inherited output and ends the process when it fails. */
export function run(program, args, options = {}) {
  const { status, signal } = spawnSync(process.execPath, [program, ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    ...options,
  });
  if (status !== 0) {
    console.error(`failed (${signal ?? `exit ${status}`}): ${program} ${args.join(' ')}`);
    process.exit(status ?? 1);
  }
}

/** Compiles one tsconfig and removes the output of sources that are gone, which an incremental build leaves behind. */
export function compile({ config, sources, out }) {
  run('node_modules/typescript/bin/tsc', ['-p', config]);
  prune({ sources, out });
}

function prune({ sources, out }) {
  for (const entry of readdirSync(out, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const match = /^(.*?)(\.d\.ts|\.js|\.js\.map)$/.exec(relative(out, path));
    if (entry.isFile() && match && !existsSync(join(sources, `${match[1]}.ts`))) {
      rmSync(path);
    }
  }
}
