import { privacyParts } from './known-parts.js';
import type { Privacy, PrivacyRules } from './privacy.js';

/** The gates of these rules, made when the first of them is asked for. */
export function lazyPrivacy(rules: PrivacyRules): Privacy {
  let made: Privacy | undefined;
  const find = (): Privacy => (made ??= privacyParts().createPrivacy(rules));
  return {
    get redacted() {
      return find().redacted;
    },
    get full() {
      return find().full;
    },
    get digester() {
      return find().digester;
    },
    atOnce: (text) => find().atOnce(text),
  };
}
