import { state } from './state.js';

/**
 * A text as it may stand where nobody asked for content: on a span that the application's own processors see, in a
 * warning, in `health()`. Secrets and personal data are marks. Never throws.
 */
export function hideText(text: string): string {
  const { hideText: hide } = state;
  return hide === undefined ? text : hide(text);
}
