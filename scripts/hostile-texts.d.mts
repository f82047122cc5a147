/** Texts of so many characters, by what they are built against. */
export const HOSTILE: Readonly<Record<string, (chars: number) => string>>;
