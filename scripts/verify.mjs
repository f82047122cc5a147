// Everything CI asks of a change, in the order in which it fails fastest.
// `--skip demo,coverage` leaves out what was run by hand a moment ago.
import { spawnSync } from 'node:child_process';

const steps = {
  format: 'npm run format:check',
  lint: 'npm run lint',
  build: 'npm run build',
  types: 'npm run test:types',
  coverage: 'npm run coverage',
  package: 'npm run check:package',
  demo: 'npm run demo',
};

const flag = process.argv.indexOf('--skip');
const skipped = flag < 0 ? [] : (process.argv[flag + 1] ?? '').split(',');
const unknown = skipped.filter((name) => !(name in steps));
if (unknown.length > 0) {
  console.error(`no such step: ${unknown.join(', ')}; there are ${Object.keys(steps).join(', ')}`);
  process.exit(2);
}

for (const [name, command] of Object.entries(steps)) {
  if (skipped.includes(name)) {
    console.log(`\n${name}: skipped`);
    continue;
  }
  console.log(`\n${name}: ${command}`);
  const start = performance.now();
  const { status } = spawnSync(command, { shell: true, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) {
    console.error(`\nverify failed: ${command}`);
    process.exit(status ?? 1);
  }
  console.log(`${name}: ok after ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
