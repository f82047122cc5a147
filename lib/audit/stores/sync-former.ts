import { join } from 'node:path';
import { type FileSystem, OLD_FILE, openLater, systemCode, whenDone } from './file-system.js';
import { listFolder } from './settled.js';

/**
 * Makes durable what a writer that is gone left. It may stand in the memory of the machine alone, and what another chain says
 * of it must not outlive it.
 */
export async function syncFormer(files: FileSystem, directory: string, wid: string): Promise<void> {
  for (const folder of ['payloads', 'segments']) {
    const path = join(directory, folder);
    const names = listFolder(files, path).filter((name) => name.startsWith(`${wid}-`));
    await Promise.all(names.map(async (name) => syncFile(files, join(path, name))));
  }
}

async function syncFile(files: FileSystem, path: string): Promise<void> {
  let fd: number;
  try {
    fd = await openLater(files, path, OLD_FILE);
  } catch (error) {
    // A journal whose payloads are files by now.
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  try {
    await whenDone((done) => files.fsync(fd, done));
  } finally {
    files.closeSync(fd);
  }
}
