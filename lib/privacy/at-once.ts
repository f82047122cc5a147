import { countGuarded } from '../core/guard.js';
import { state } from '../core/state.js';
import { CleanTexts } from './clean-texts.js';
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
  // Names, models and kinds come again in every call; past one look-up they cost nothing.
  const clean = new CleanTexts();
  return (text) => {
    if (clean.has(text)) return text;
    try {
      const shown = find().atOnce(text);
      if (shown === text) clean.add(text);
      return shown;
    } catch (error) {
      countGuarded('PRIVACY', error);
      return REDACTION_FAILED;
    }
  };
}

/** Hides what a text shows, as a process does that configured nothing. */
export const hideByStandard: (text: string) => string = hideBy(standardPrivacy);

function compose(): (text: string) => string {
  const [first = hideByStandard, ...others] = state.hiders.values();
  return others.length === 0 ? first : (text) => others.reduce((shown, hide) => hide(shown), first(text));
}

/** Hides at once by these rules as well, in place of those that the same holder gave before; returns the undo. */
export function hideAlsoBy(holder: unknown, privacy: Privacy): () => void {
  state.hiders.set(
    holder,
    hideBy(() => privacy),
  );
  state.hideText = compose();
  return () => {
    if (state.hiders.delete(holder)) state.hideText = compose();
  };
}
