// Applications of their own for specs and benches: each folder of spec/projects holds what one installs. They are installed
// once into node_modules/.cache, by content, so that a second run finds them.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '../..');
const cache = join(root, 'node_modules/.cache/spanwright');
const RUNNING = process.versions.node.split('.')[0];

function hashOf(...texts) {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text).update('\0');
  return hash.digest('hex').slice(0, 12);
}

function textOf(file) {
  return existsSync(file) ? readFileSync(file) : '';
}

/** Runs npm without a word; its own text is in the error when it fails. */
export function npm(folder, ...args) {
  const env = {
    ...process.env,
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
  };
  // A parent npm tells its children what it was asked to do; this one is another.
  for (const name of ['npm_config_prefix', 'npm_config_local_prefix', 'npm_config_omit', 'NODE_OPTIONS'])
    delete env[name];
  return execFileSync('npm', args, { cwd: folder, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Installs spec/projects/<name> and gives the folder that holds its node_modules. */
export function installed(name) {
  const source = join(root, 'spec/projects', name);
  const manifest = textOf(join(source, 'package.json'));
  const lock = textOf(join(source, 'package-lock.json'));
  const home = join(cache, `${name}-${hashOf(manifest, lock, RUNNING)}`);
  if (existsSync(home)) return home;
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(join(cache, 'draft-'));
  writeFileSync(join(draft, 'package.json'), manifest);
  if (lock !== '') writeFileSync(join(draft, 'package-lock.json'), lock);
  npm(draft, lock === '' ? 'install' : 'ci', '--no-package-lock');
  try {
    renameSync(draft, home);
  } catch (error) {
    // Another process was faster.
    if (!existsSync(home)) throw error;
    rmSync(draft, { recursive: true, force: true });
  }
  return home;
}

/** The Node binary of a major version: this one, or one that npm installs. */
export function nodeOf(major) {
  return String(major) === RUNNING ? process.execPath : join(installed('nodes'), `node_modules/node-${major}/bin/node`);
}

/** The package as npm would publish it, built before; the path of its tarball. */
export function packed() {
  const parts = readdirSync(join(root, 'dist'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  const home = join(
    cache,
    `packed-${hashOf(textOf(join(root, 'package.json')), ...parts.map((file) => textOf(file)))}`,
  );
  if (!existsSync(home)) {
    mkdirSync(cache, { recursive: true });
    const draft = mkdtempSync(join(cache, 'draft-'));
    npm(root, 'pack', '--silent', '--ignore-scripts', '--pack-destination', draft);
    renameSync(join(draft, readdirSync(draft)[0]), join(draft, 'spanwright.tgz'));
    try {
      renameSync(draft, home);
    } catch (error) {
      if (!existsSync(home)) throw error;
    }
  }
  return join(home, 'spanwright.tgz');
}

/** Puts the packed package and what it depends on into the node_modules of a folder. */
export function addPackage(folder) {
  const home = join(folder, 'node_modules/spanwright');
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  execFileSync('tar', ['-xzf', packed(), '-C', home, '--strip-components', '1']);
  for (const name of Object.keys(JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).dependencies ?? {})) {
    const link = join(folder, 'node_modules', name);
    if (!existsSync(link)) symlinkSync(join(root, 'node_modules', name), link, 'dir');
  }
}

// Hard links where the file system allows: an application of hundreds of megabytes stands in a second.
function copyModules(from, to) {
  try {
    execFileSync('cp', ['-al', join(from, 'node_modules'), to], { stdio: 'ignore' });
  } catch {
    rmSync(join(to, 'node_modules'), { recursive: true, force: true });
    execFileSync('cp', ['-a', join(from, 'node_modules'), to]);
  }
  // npm writes into this file in place, which through a hard link would be the cache's own.
  rmSync(join(to, 'node_modules/.package-lock.json'), { force: true });
}

/**
 * A fresh application in a temporary folder: the sources of spec/projects/<name>, its installed dependencies (copied, so that
 * a run may change them) and the packed package. The caller removes the folder.
 */
export function application(name) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `${name}-`)));
  cpSync(join(root, 'spec/projects', name), folder, { recursive: true });
  copyModules(installed(name), folder);
  addPackage(folder);
  return folder;
}
