// Writes docs/reference from the sources: `npm run docs`. With --check it changes nothing and fails where a file differs.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { printCli } from './cli-page.mjs';
import { printDestinations } from './destinations-page.mjs';
import { printPrivacy } from './privacy-page.mjs';
import { printProviders } from './providers-page.mjs';
import { printApi, printErrors, printOptions } from './reference-pages.mjs';

const folder = 'docs/reference';
const isCheck = process.argv.includes('--check');

const pages = {
  'api.md': printApi(),
  'cli.md': printCli(),
  'destinations.md': printDestinations(),
  'errors.md': printErrors(),
  'options.md': printOptions(),
  'privacy.md': printPrivacy(),
  'providers.md': printProviders(),
};
const changed = Object.entries(pages).filter(([name, text]) => tryRead(join(folder, name)) !== text);

if (isCheck) {
  for (const [name] of changed) console.error(`${join(folder, name)} differs from the sources: run \`npm run docs\``);
  process.exitCode = changed.length === 0 ? 0 : 1;
} else {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of changed) writeFileSync(join(folder, name), text);
  console.log(
    changed.length === 0 ? 'reference: up to date' : `reference: wrote ${changed.map(([name]) => name).join(', ')}`,
  );
}

function tryRead(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return undefined;
  }
}
