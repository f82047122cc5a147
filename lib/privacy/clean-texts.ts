const MAX_CHARS = 64;
const PLACES = 1024;

// Names differ at their ends; of two that have one place the later one is remembered.
function placeOf(text: string): number {
  const { length } = text;
  const ends = text.charCodeAt(0) * 7 + text.charCodeAt(length - 1) * 31 + text.charCodeAt(length - 2) * 61;
  return (length * 37 + ends + text.charCodeAt(length >> 1) * 131) & (PLACES - 1);
}

/**
 * Remembers short texts in which nothing was found. Names of models and words come again and again, ids never do: they take
 * each other's places, where in a set they would make it grow and be forgotten with all the rest.
 */
export class CleanTexts {
  readonly #texts: (string | undefined)[] = Array.from({ length: PLACES });

  has(text: string): boolean {
    const { length } = text;
    return length > 1 && length <= MAX_CHARS && this.#texts[placeOf(text)] === text;
  }

  add(text: string): void {
    const { length } = text;
    if (length > 1 && length <= MAX_CHARS) this.#texts[placeOf(text)] = text;
  }
}
