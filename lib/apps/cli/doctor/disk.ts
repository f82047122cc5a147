import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';

import { broken, doubtful, fine, type Finding, type Patient } from './finding.js';

const MIB = 1024 * 1024;
const MIN_FREE_BYTES = 64 * MIB;
const MIN_FREE_RATIO = 0.02;

/** File systems by the number that statfs gives. Source: statfs(2). */
const FILE_SYSTEMS: Readonly<
  Record<number, { readonly name: string; readonly why?: string; readonly isRefused?: true }>
> = {
  0xef53: { name: 'ext2, ext3 or ext4' },
  0x58465342: { name: 'XFS' },
  0x9123683e: { name: 'Btrfs' },
  0x2fc12fc1: { name: 'ZFS' },
  0xf2f52010: { name: 'F2FS' },
  0xca451a4e: { name: 'bcachefs' },
  0x794c7630: { name: 'overlay', why: 'what a container writes there goes when the container goes' },
  0x01021994: { name: 'tmpfs', why: 'it is in memory', isRefused: true },
  0x858458f6: { name: 'ramfs', why: 'it is in memory', isRefused: true },
  0x6969: { name: 'NFS', why: 'it is a network file system', isRefused: true },
  0x517b: { name: 'SMB', why: 'it is a network file system', isRefused: true },
  0xff534d42: { name: 'CIFS', why: 'it is a network file system', isRefused: true },
  0xfe534d42: { name: 'SMB2', why: 'it is a network file system', isRefused: true },
  0x01021997: { name: '9P', why: 'it is a network file system', isRefused: true },
  0x00c36400: { name: 'Ceph', why: 'it is a network file system', isRefused: true },
  0x65735546: { name: 'FUSE', why: 'what a sync does there is for another program to say', isRefused: true },
};

/** The nearest folder above a path that is there, itself included. */
export function existingFolder(path: string): string {
  let folder = path;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

/** Whether the file system keeps what it promises. */
export function checkFileSystem({ directory }: Patient): Finding {
  const number = statfsSync(existingFolder(directory)).type;
  const known = FILE_SYSTEMS[number];
  if (known === undefined) return fine('file system', `of type 0x${number.toString(16)}`);
  const { name, why, isRefused } = known;
  if (why === undefined) return fine('file system', name);
  const says = `${name}: ${why}`;
  return isRefused
    ? broken('file system', says, 'put the ledger on a local disk')
    : doubtful('file system', says, 'put the ledger on a volume');
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
