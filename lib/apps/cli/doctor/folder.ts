import { lstatSync, readdirSync, type Stats } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { broken, doubtful, fine, type Finding, type Patient } from './finding.js';

const OTHERS = 0o077;
const WRITABLE_BY_OTHERS = 0o022;
const STICKY = 0o1000;

/** The rights of a file, `0700`. */
export function modeOf(stats: Stats): string {
  return `0${(stats.mode & 0o777).toString(8).padStart(3, '0')}`;
}

function isOurs(stats: Stats): boolean {
  const uid = process.geteuid?.();
  return uid === undefined || stats.uid === uid;
}

/** The folder itself: there, a folder, private, ours. Rights are those that the ledger insists on. */
export function checkFolder(check: string, path: string): Finding {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined)
    return doubtful(check, `${path} is not there`, 'nothing, where the program has not run yet; it makes it');
  if (stats.isSymbolicLink()) return broken(check, `${path} is a symbolic link`, 'name the folder that it leads to');
  if (!stats.isDirectory()) return broken(check, `${path} is no folder`, 'name the folder of the ledger');
  if (!isOurs(stats)) {
    return broken(
      check,
      `${path} belongs to user ${stats.uid}, this is user ${process.geteuid?.()}`,
      'run as its owner',
    );
  }
  if ((stats.mode & OTHERS) !== 0) return broken(check, `${path} has mode ${modeOf(stats)}`, `chmod 700 ${path}`);
  return fine(check, `${path}, mode ${modeOf(stats)}`);
}

/** The folder around it: who can write there can put another ledger in its place. */
export function checkParent({ directory }: Patient): Finding {
  const parent = dirname(directory);
  const stats = lstatSync(parent, { throwIfNoEntry: false });
  if (stats === undefined) return broken('parent', `${parent} is not there`, `mkdir -p ${parent}`);
  const isOpen = (stats.mode & WRITABLE_BY_OTHERS) !== 0;
  if (isOpen && (stats.mode & STICKY) === 0) {
    return doubtful(
      'parent',
      `${parent} has mode ${modeOf(stats)}: others can move the ledger away`,
      `chmod go-w ${parent}`,
    );
  }
  return fine('parent', `${parent}, mode ${modeOf(stats)}${isOpen ? ', sticky' : ''}`);
}

interface Walk {
  links: string[];
  open: string[];
  foreign: string[];
  files: number;
}

function walk(folder: string, root: string, found: Walk): Walk {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    // Journals and sockets come and go while a program writes.
    if (stats === undefined) continue;
    const shown = relative(root, path);
    found.files++;
    if (stats.isSymbolicLink()) found.links.push(shown);
    else if (!isOurs(stats)) found.foreign.push(shown);
    else if ((stats.mode & OTHERS) !== 0) found.open.push(shown);
    if (stats.isDirectory()) walk(path, root, found);
  }
  return found;
}

function firstOf(names: readonly string[], what: string): string {
  const more = names.length === 1 ? '' : ` and ${names.length - 1} more`;
  return `${names[0] ?? ''}${more} ${what}`;
}

/** Everything in the folder: no links, nobody else's, no rights for others. */
export function checkContents(check: string, path: string): Finding[] {
  if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  const { links, open, foreign, files } = walk(path, path, { links: [], open: [], foreign: [], files: 0 });
  const findings: Finding[] = [];
  if (links.length > 0) {
    findings.push(
      broken(check, firstOf(links, 'is a symbolic link'), 'find out who made it, and put the file in its place'),
    );
  }
  if (foreign.length > 0) {
    findings.push(broken(check, firstOf(foreign, 'belongs to somebody else'), `chown -R --reference=${path} ${path}`));
  }
  if (open.length > 0) findings.push(broken(check, firstOf(open, 'can be read by others'), `chmod -R go= ${path}`));
  return findings.length > 0
    ? findings
    : [fine(check, `${files.toLocaleString('en')} files and folders, all private, no links`)];
}
