import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** The texts of the hand-written sources below a folder of the repository, by path relative to that folder. */
export function readSources(folder: string, extension = /\.ts$/): Map<string, string> {
  const sources = new Map<string, string>();
  if (!existsSync(folder)) return sources;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && extension.test(entry.name)) {
      sources.set(relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8'));
    }
  }
  return sources;
}
