import { readFrame } from '#lib/audit/frame.js';

/** `<wid> <wseq>` of the entry that a byte of a segment belongs to; the header of a segment belongs to its first. */
export function toEntryAt(files: ReadonlyMap<string, Buffer>, file: string, at: number): string {
  const wid = file.slice('segments/'.length, 'segments/'.length + 26);
  let wseq = 0;
  for (const [other, bytes] of [...files].filter(([path]) => path.startsWith(`segments/${wid}`))) {
    let offset = 16;
    for (let frame = readFrame(bytes, offset); frame !== undefined; frame = readFrame(bytes, offset)) {
      if (other === file && at < frame.end) return `${wid} ${wseq}`;
      offset = frame.end;
      wseq++;
    }
  }
  return `${wid} ${wseq}`;
}
