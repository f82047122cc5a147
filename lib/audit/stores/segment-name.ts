/** The name of a segment. */
export function segmentName(wid: string, number: number): string {
  return `${wid}-${String(number).padStart(6, '0')}.seg`;
}

/** Which writer and which number the name of a segment says; undefined where it is none. */
export function parseSegmentName(name: string): { readonly wid: string; readonly number: number } | undefined {
  const match = /^([0-7][0-9A-HJKMNP-TV-Z]{25})-(\d{6,})\.seg$/.exec(name);
  return match?.[1] === undefined ? undefined : { wid: match[1], number: Number(match[2]) };
}
