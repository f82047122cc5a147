import { defineConfig } from 'vitest/config';

const files = ['desk.test.ts', 'modules.test.ts', 'timers.test.ts'];

/** Both pools, no isolation between files, and the package as part of the sources. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'threads', pool: 'threads', include: files } },
      { test: { name: 'forks', pool: 'forks', include: files } },
      { test: { name: 'shared', pool: 'threads', isolate: false, include: files } },
      { test: { name: 'inlined', include: ['desk.test.ts'], server: { deps: { inline: ['spanwright'] } } } },
    ],
  },
});
