import type { Place } from '../trial.js';
import { CLIENT_PLACES } from './client-places.js';
import { CONTEXT_PLACES } from './context-places.js';
import { ERROR_PLACES } from './error-places.js';
import { HOOK_PLACES } from './hook-places.js';
import { LIMIT_PLACES } from './limit-places.js';
import { OPTION_PLACES } from './option-places.js';
import { PROVIDER_PLACES } from './provider-places.js';
import { STREAM_PLACES } from './stream-places.js';
import { TEXT_PLACES } from './text-places.js';
import { VALUE_PLACES } from './value-places.js';

/** Every place in which the check hides canaries. */
export const PLACES: readonly Place[] = [
  ...TEXT_PLACES,
  ...VALUE_PLACES,
  ...ERROR_PLACES,
  ...STREAM_PLACES,
  ...OPTION_PLACES,
  ...CONTEXT_PLACES,
  ...HOOK_PLACES,
  ...LIMIT_PLACES,
  ...PROVIDER_PLACES,
  ...CLIENT_PLACES,
];
