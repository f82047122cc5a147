import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The package an application belongs to. */
export interface PackageFile {
  readonly name: string;
  readonly version?: string;
}

const isText = (value: unknown): value is string => typeof value === 'string' && /\S/.test(value);

// Nobody asked for this file: one that is missing or broken is passed over.
function tryRead(folder: string): PackageFile | undefined {
  try {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Partial<PackageFile>;
    if (!isText(name)) return undefined;
    return isText(version) ? { name, version } : { name };
  } catch {
    return undefined;
  }
}

/** The nearest `package.json` with a name, from a folder upwards. */
export function findPackage(folder: string): PackageFile | undefined {
  const found = tryRead(folder);
  const parent = dirname(folder);
  return found !== undefined || parent === folder ? found : findPackage(parent);
}
