import { createPrivacy } from './privacy.js';
import { packProblem } from './detectors/national-ids.js';
import { checkPattern } from './user-patterns.js';
import { pathProblem } from './value-paths.js';

/** All that stands behind the gate, and the checks of its options: one file, for the first text that needs it. */
export interface PrivacyParts {
  readonly createPrivacy: typeof createPrivacy;
  readonly checkPattern: typeof checkPattern;
  readonly packProblem: typeof packProblem;
  readonly pathProblem: typeof pathProblem;
}

/** The parts of the gate. */
export const parts: PrivacyParts = { createPrivacy, checkPattern, packProblem, pathProblem };
