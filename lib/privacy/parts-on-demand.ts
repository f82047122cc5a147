import { SpanwrightError } from '../core/errors.js';
import { loadBeside } from '../core/on-demand.js';
import type { PrivacyParts } from './parts.js';

let loaded: PrivacyParts | undefined;

/** What the gate is made of, loaded for the first text that must pass it. Throws where it cannot be loaded: nothing passes then. */
export function privacyParts(): PrivacyParts {
  if (loaded !== undefined) return loaded;
  try {
    loaded = (loadBeside('privacy.cjs') as { parts: PrivacyParts }).parts;
    return loaded;
  } catch (cause) {
    throw new SpanwrightError(
      'PRIVACY_MISSING',
      'the gate cannot be loaded: got no dist/bundle/privacy.cjs, expected it beside the bundle',
      {
        hint: 'let the bundler resolve with the condition "module", or leave spanwright out of the bundle',
        cause,
      },
    );
  }
}
