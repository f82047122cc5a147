import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { SEGMENT_HEADER_BYTES } from '../../../audit/frame.js';
import { findLiveWriters } from '../../../audit/read/live-writers.js';
import { listSegments, type SegmentFile } from '../../../audit/read/segment-files.js';
import { FrameFile } from '../../../audit/stores/frame-file.js';
import { doubtful, fine, type Finding, type Patient } from './finding.js';

function isClosed(segments: readonly SegmentFile[]): boolean {
  for (const { path } of [...segments].reverse()) {
    using file = new FrameFile(path);
    const last = [...file.framesFrom(SEGMENT_HEADER_BYTES)].at(-1);
    // A writer may have gone before the first entry of its last segment.
    if (last !== undefined) return (JSON.parse(last.entry.toString()) as { readonly kind?: unknown }).kind === 'close';
  }
  return false;
}

/** How many write, and whether one is gone whose calls nobody gave an outcome. */
export async function checkWriters({ directory }: Patient): Promise<Finding[]> {
  if (!existsSync(join(directory, 'segments'))) return [];
  const alive = await findLiveWriters(directory);
  const writers = [...listSegments(directory)];
  const gone = writers.filter(
    ([wid, segments]) =>
      !alive.has(wid) && !existsSync(join(directory, 'settled', `${wid}.json`)) && !isClosed(segments),
  );
  const says = `${writers.length} in all, ${alive.size} alive, ${gone.length} gone without closing`;
  return [
    gone.length === 0
      ? fine('writers', says)
      : doubtful(
          'writers',
          says,
          `spanwright audit recover ${directory}; the next start of the program does it as well`,
        ),
  ];
}
