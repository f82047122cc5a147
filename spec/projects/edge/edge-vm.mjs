// node edge-vm.mjs <file>: runs a bundle in the sandbox of Vercel's edge runtime and prints what it saw.
import { readFileSync } from 'node:fs';

import { EdgeVM } from '@edge-runtime/vm';

const vm = new EdgeVM();
vm.evaluate(readFileSync(process.argv[2], 'utf8'));
console.log(JSON.stringify(await vm.evaluate('globalThis.facts')));
