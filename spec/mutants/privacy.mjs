/** What survivors of `npm run mutants:privacy` were judged to be: by a piece of their line and, where given, by what stands there instead. */
export const judgements = [];
