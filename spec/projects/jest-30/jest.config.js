const withMode = (mode) => ({
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: `tsconfig.${mode}.json` }] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
});
const suites = ['desk', 'fetched', 'model', 'modules', 'timers'].map((name) => `<rootDir>/${name}.test.ts`);

/** Node with both kinds of decorators, and jsdom as it is by default and when packages resolve for Node. */
module.exports = {
  watchman: false,
  projects: [
    { ...withMode('legacy'), displayName: 'legacy', testEnvironment: 'node', testMatch: suites },
    { ...withMode('standard'), displayName: 'standard', testEnvironment: 'node', testMatch: suites },
    {
      ...withMode('legacy'),
      displayName: 'faked',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/desk.test.ts'],
      fakeTimers: { enableGlobally: true, doNotFake: ['queueMicrotask', 'nextTick'] },
    },
    { ...withMode('legacy'), displayName: 'jsdom', testEnvironment: 'jsdom', testMatch: ['<rootDir>/browser.test.ts'] },
    {
      ...withMode('legacy'),
      displayName: 'jsdom-for-node',
      testEnvironment: 'jsdom',
      testEnvironmentOptions: { customExportConditions: ['node'] },
      testMatch: ['<rootDir>/desk.test.ts', '<rootDir>/model.test.ts'],
    },
  ],
};
