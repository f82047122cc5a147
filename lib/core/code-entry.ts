/** What a code means and how to mend it; `docs/reference/errors.md` is generated from this table. */
export interface CodeEntry {
  readonly level: 'error' | 'warning';
  readonly meaning: string;
  readonly fix: string;
}
