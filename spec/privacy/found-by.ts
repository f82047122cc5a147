import type { createDetection } from '#lib/privacy/detect.js';

/** What a detection finds in a text, as `kind: text`. */
export const foundBy =
  (detect: ReturnType<typeof createDetection>) =>
  (text: string): string[] =>
    detect(text).map(({ start, end, kind }) => `${kind}: ${text.slice(start, end)}`);
