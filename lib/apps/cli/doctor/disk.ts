import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';

import { MEMORY_FILE_SYSTEMS, NETWORK_FILE_SYSTEMS } from '../../../audit/stores/folder-checks.js';
import { broken, doubtful, fine, type Finding, type Patient } from './finding.js';

const MIB = 1024 * 1024;
const MIN_FREE_BYTES = 64 * MIB;
const MIN_FREE_RATIO = 0.02;

/** File systems on which a ledger may live, by the number that statfs gives. Source: statfs(2). */
const FILE_SYSTEMS: Readonly<Record<number, string>> = {
  0xef53: 'ext2, ext3 or ext4',
  0x58465342: 'XFS',
  0x9123683e: 'Btrfs',
  0x2fc12fc1: 'ZFS',
  0xf2f52010: 'F2FS',
  0xca451a4e: 'bcachefs',
};
const OVERLAY = 0x794c7630;
const ON_DISK = 'put the ledger on a local disk';

/** The nearest folder above a path that is there, itself included. */
export function existingFolder(path: string): string {
  let folder = path;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

/** What a file system promises, by its number. */
export function judgeFileSystem(type: number): Finding {
  const network = NETWORK_FILE_SYSTEMS[type];
  if (network !== undefined)
    return broken('file system', `${network}: what a sync does there is for another to say`, ON_DISK);
  const memory = MEMORY_FILE_SYSTEMS[type];
  if (memory !== undefined) return broken('file system', `${memory}: it is in memory`, ON_DISK);
  if (type === OVERLAY) {
    const says = 'overlay: what a container writes there goes when the container goes';
    return doubtful('file system', says, 'put the ledger on a volume');
  }
  return fine('file system', FILE_SYSTEMS[type] ?? `of type 0x${type.toString(16)}`);
}

/** Whether the file system keeps what it promises. */
export function checkFileSystem({ directory }: Patient): Finding {
  return judgeFileSystem(statfsSync(existingFolder(directory)).type);
}

function inMib(bytes: number): string {
  return `${Math.floor(bytes / MIB).toLocaleString('en')} MiB`;
}

/** Whether there is room, and for files as well. */
export function checkSpace({ directory }: Patient): Finding {
  const { bavail, blocks, bsize, ffree, files } = statfsSync(existingFolder(directory));
  const free = bavail * bsize;
  const reserve = Math.max(MIN_FREE_BYTES, Math.floor(blocks * bsize * MIN_FREE_RATIO));
  const says = `${inMib(free)} free; below ${inMib(reserve)} no call is admitted`;
  if (free < reserve) return broken('space', says, 'free space, or set `minFreeBytes` where less is enough');
  if (free < 2 * reserve) return doubtful('space', says, 'free space soon');
  if (files > 0 && ffree < 1_000) return doubtful('space', `${ffree} inodes free`, 'remove files that nobody needs');
  return fine('space', says);
}
