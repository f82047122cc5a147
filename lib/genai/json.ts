/** JSON of a value; a remark in its place where it is nested too deeply to be written, nothing for what JSON has not. */
export function toJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return '"[not serialisable]"';
  }
}

/** A text as it is, anything else as JSON. */
export function toText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : toJson(value);
}
