import { defineConfig } from 'vitest/config';

const files = ['desk.test.ts', 'modules.test.ts', 'timers.test.ts'];
const decorators = (experimentalDecorators: boolean) => ({
  esbuild: { tsconfigRaw: { compilerOptions: { experimentalDecorators } } },
});

/** Both kinds of decorators in both pools, no isolation between files, an environment like a browser, and the package as part of the sources. */
export default defineConfig({
  test: {
    projects: [
      { ...decorators(true), test: { name: 'threads', pool: 'threads', include: files } },
      { ...decorators(false), test: { name: 'standard threads', pool: 'threads', include: files } },
      { ...decorators(true), test: { name: 'forks', pool: 'forks', include: files } },
      { ...decorators(false), test: { name: 'standard forks', pool: 'forks', include: files } },
      { ...decorators(true), test: { name: 'shared', pool: 'threads', isolate: false, include: files } },
      { ...decorators(true), test: { name: 'dom', environment: 'happy-dom', include: ['desk.test.ts'] } },
      {
        ...decorators(true),
        test: { name: 'inlined', include: ['desk.test.ts'], server: { deps: { inline: ['spanwright'] } } },
      },
    ],
  },
});
