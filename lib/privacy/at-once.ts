import { countGuarded } from '../core/guard.js';
import { REDACTION_FAILED } from './marks.js';
import { privacyParts } from './known-parts.js';
import type { Privacy } from './privacy.js';

let standard: Privacy | undefined;

/** The rules of a process that configured none. */
export function standardPrivacy(): Privacy {
  return (standard ??= privacyParts().createPrivacy());
}

/** Makes a function that hides what a text shows, by the rules that it finds. Never throws. */
export function hideBy(find: () => Privacy): (text: string) => string {
  return (text) => {
    try {
      return find().atOnce(text);
    } catch (error) {
      countGuarded('PRIVACY', error);
      return REDACTION_FAILED;
    }
  };
}

/** Hides what a text shows, as a process does that configured nothing. */
export const hideByStandard: (text: string) => string = hideBy(standardPrivacy);
