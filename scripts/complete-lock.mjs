// Completes package-lock.json with the optional packages of other platforms that the registry did not serve when npm
// wrote the file; `npm ci` refuses a lock file without them. Run it after an `npm install` that changed dependencies.
import { readFileSync, writeFileSync } from 'node:fs';

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const { packages } = lock;
const added = [];

for (const [path, entry] of Object.entries({ ...packages })) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (find(path, name)) continue;
    const platform = platformOf(name);
    if (!/^\d+\.\d+\.\d+\S*$/.test(range) || platform === undefined)
      throw new Error(`cannot complete ${name}@${range}`);
    const home = `node_modules/${name}`;
    packages[home] = { version: range, ...platform, ...(entry.dev && { dev: true }), optional: true };
    added.push(`${name}@${range}`);
  }
}

lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length === 0 ? 'complete already' : `added ${added.length}: ${added.join(', ')}`);

/** Looks where Node would: beside the dependent, then further up. */
function find(path, name) {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    if (packages[folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`]) return true;
    if (folder === '') return false;
  }
}

/** `@oxlint/binding-linux-arm64-musl` → os, cpu and libc, as the package itself declares them. */
function platformOf(name) {
  const os = /android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32|aix/.exec(name)?.[0];
  const cpu = /arm64|arm|x64|ia32|ppc64|riscv64|s390x|loong64|mips64el|wasm32/.exec(name)?.[0];
  if (cpu === 'wasm32') return { cpu: ['wasm32'] };
  const libc = /musl|gnu/.exec(name)?.[0];
  return os && cpu && { cpu: [cpu], ...(libc && { libc: [libc === 'gnu' ? 'glibc' : libc] }), os: [os] };
}
