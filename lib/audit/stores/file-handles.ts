import { type FileSystem, NEW_FILE, OLD_FILE, openLater, WRITE_FILE } from './file-system.js';

/**
 * What one new file is open as. An error of writeback is told once per handle: syncs in the call have one of their own, so
 * that neither kind swallows what the other had to hear.
 */
export interface FileHandles {
  readonly write: number;
  /** For syncs in the call. */
  readonly sync: number;
  /** Whose writes are durable when they end; undefined where none was asked for, or there are no such writes. */
  readonly through: number | undefined;
}

/** Makes a file and opens it; leaves nothing where that fails. */
export function openHandlesSync(files: FileSystem, path: string, isThrough: boolean): FileHandles {
  const write = files.openSync(path, NEW_FILE, 0o600);
  let sync: number | undefined;
  try {
    sync = files.openSync(path, OLD_FILE);
    const through =
      isThrough && files.throughFlag !== 0 ? files.openSync(path, WRITE_FILE | files.throughFlag) : undefined;
    return { write, sync, through };
  } catch (error) {
    undo(files, path, [write, sync]);
    throw error;
  }
}

/** The same without blocking. */
export async function openHandles(files: FileSystem, path: string, isThrough: boolean): Promise<FileHandles> {
  const write = await openLater(files, path, NEW_FILE);
  let sync: number | undefined;
  try {
    sync = await openLater(files, path, OLD_FILE);
    const isWanted = isThrough && files.throughFlag !== 0;
    const through = isWanted ? await openLater(files, path, WRITE_FILE | files.throughFlag) : undefined;
    return { write, sync, through };
  } catch (error) {
    undo(files, path, [write, sync]);
    throw error;
  }
}

export function closeHandles(files: FileSystem, { write, sync, through }: FileHandles): void {
  for (const fd of [write, sync, through]) if (fd !== undefined) files.closeSync(fd);
}

function undo(files: FileSystem, path: string, opened: readonly (number | undefined)[]): void {
  for (const fd of opened) if (fd !== undefined) files.closeSync(fd);
  files.unlinkSync(path);
}
