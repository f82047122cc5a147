import type { PrivacyParts } from './parts.js';
import { parts } from './parts.js';

/** What the gate is made of; in the bundle that Node imports, `parts-on-demand` stands in for this file. */
export function privacyParts(): PrivacyParts {
  return parts;
}
