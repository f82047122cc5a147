import { join } from 'node:path';
import { type FileSystem, publish, readWhole, syncFolder, systemCode } from './file-system.js';
import type { Liveness } from './store.js';

/** Whether a claim was granted, and whose claims were before, oldest first. */
export interface Claim {
  readonly granted: boolean;
  readonly former: readonly string[];
}

/**
 * Takes the right to recover a writer. A claim names its holder and is durable before it is granted: the successor of one
 * that died half way has to know whose chain to read.
 */
export async function claim(
  files: FileSystem,
  directory: string,
  { wid, by }: { readonly wid: string; readonly by: string },
  ask: (wid: string) => Promise<Liveness>,
): Promise<Claim> {
  const folder = join(directory, 'claims');
  const former: string[] = [];
  for (let number = 0; ; number++) {
    const path = join(folder, `${wid}.${number}`);
    const holder = readHolder(files, path);
    if (holder === by) return { granted: true, former };
    if (holder === undefined) {
      if (!publish(files, path, join(folder, `.${wid}.${number}.${by}`), Buffer.from(by))) {
        number--;
        continue;
      }
      syncFolder(files, folder);
      return { granted: true, former };
    }
    if ((await ask(holder)) !== 'dead') return { granted: false, former };
    former.push(holder);
  }
}

function readHolder(files: FileSystem, path: string): string | undefined {
  try {
    return readWhole(files, path).toString('latin1');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
