/** What a finding is: a secret is removed at every tier, personal data at `redacted`. */
export type Sensitivity = 'secret' | 'personal';

/** A stretch of a text that should not be kept: `[start, end)` in UTF-16 code units. */
export interface Finding {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
  readonly sensitivity: Sensitivity;
}

/** Adds what it finds in a text; its work grows linearly with the text. */
export type Detector = (text: string, into: Finding[]) => void;
