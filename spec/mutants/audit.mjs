/**
 * What survivors of `npm run mutants:audit` were judged to be: by the file, a piece of the code and, where it matters, by what
 * stands there instead.
 */
export const judgements = [];
