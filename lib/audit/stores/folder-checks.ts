import type { Stats } from 'node:fs';
import { join } from 'node:path';
import { auditError, reasonOf } from './audit-error.js';
import { type FileSystem, syncFolder, systemCode } from './file-system.js';
import { listFolder } from './settled.js';

/** Folders of a ledger. */
export const LEDGER_FOLDERS = ['segments', 'payloads', 'live', 'claims', 'settled'];

const OTHERS_RIGHTS = 0o077;
const RIGHTS = 0o777;

/** File systems over a network by the number that statfs gives. Source: statfs(2), f_type, of Linux. */
export const NETWORK_FILE_SYSTEMS: Readonly<Record<number, string>> = {
  0x6969: 'NFS',
  0x517b: 'SMB',
  0xff534d42: 'CIFS',
  0xfe534d42: 'SMB2',
  0x01021997: '9P',
  0x00c36400: 'Ceph',
  0x65735546: 'FUSE',
};
/** File systems in memory. */
export const MEMORY_FILE_SYSTEMS: Readonly<Record<number, string>> = { 0x01021994: 'tmpfs', 0x858458f6: 'ramfs' };

/** What is wrong with a file or folder of a ledger; undefined where nothing is. */
function findFault(path: string, stats: Stats): string | undefined {
  if (stats.isSymbolicLink()) return `${path} is a symbolic link: name what it points to`;
  const owner = process.geteuid?.();
  if (owner !== undefined && stats.uid !== owner)
    return `${path} belongs to user ${stats.uid}: got ${owner}, run as its owner`;
  // A socket has its rights only after it is made; that a process was killed in between harms nobody inside its folder.
  if ((stats.mode & OTHERS_RIGHTS) !== 0 && !stats.isSocket()) {
    const rights = (stats.mode & RIGHTS).toString(8).padStart(4, '0');
    const wanted = stats.isDirectory() ? '0700' : '0600';
    return `${path} may be used by others: got mode ${rights}, expected ${wanted}`;
  }
  return undefined;
}

/** Everything that is wrong with rights and owners of a ledger that is there; at most so many. */
export function findFaults(files: FileSystem, directory: string, limit = 16): string[] {
  const faults: string[] = [];
  const look = (path: string): Stats | undefined => {
    try {
      const stats = files.lstatSync(path);
      const fault = findFault(path, stats);
      if (fault !== undefined) faults.push(fault);
      return stats;
    } catch (error) {
      // What went away in between is not wrong.
      if (systemCode(error) !== 'ENOENT') faults.push(reasonOf(error));
      return undefined;
    }
  };
  if (look(directory)?.isDirectory() === false) faults.push(`${directory} is not a folder`);
  for (const name of ['ledger.json', ...LEDGER_FOLDERS]) {
    const path = join(directory, name);
    if (faults.length >= limit) break;
    if (look(path)?.isDirectory() !== true) continue;
    for (const child of listFolder(files, path)) if (faults.length < limit) look(join(path, child));
  }
  return faults;
}

/** Makes the folders of a ledger where they are not there, and refuses what is not fit for one. */
export function prepareFolders(files: FileSystem, directory: string, allowMemoryFileSystem: boolean): void {
  makeFolder(files, directory);
  refuseFileSystem(files, directory, allowMemoryFileSystem);
  const [fault] = findFaults(files, directory, 1);
  if (fault !== undefined) throw auditError('AUDIT_LEDGER_REFUSED', fault);
  let isNew = false;
  for (const name of LEDGER_FOLDERS) if (makeFolder(files, join(directory, name))) isNew = true;
  if (isNew) syncFolder(files, directory);
}

function makeFolder(files: FileSystem, path: string): boolean {
  try {
    files.mkdirSync(path, 0o700);
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw auditError('AUDIT_LEDGER_REFUSED', `cannot make the folder ${path}: ${reasonOf(error)}`, error);
  }
  syncFolder(files, join(path, '..'));
  return true;
}

function refuseFileSystem(files: FileSystem, directory: string, allowMemoryFileSystem: boolean): void {
  const type = files.statfsSync(directory).type >>> 0;
  const name = NETWORK_FILE_SYSTEMS[type] ?? (allowMemoryFileSystem ? undefined : MEMORY_FILE_SYSTEMS[type]);
  if (name === undefined) return;
  throw auditError('AUDIT_LEDGER_REFUSED', `${directory} is on ${name}: expected a disk of this machine`);
}
