/** How much of prompts, answers, arguments and results is shown: nothing, a keyed digest, what is left after redaction, or all but secrets. */
export type ContentTier = 'none' | 'digest' | 'redacted' | 'full';

/** The tiers, the strictest first. */
export const CONTENT_TIERS: readonly ContentTier[] = ['none', 'digest', 'redacted', 'full'];

/** Tells whether a value is the name of a tier, exactly as it is written. */
export function isContentTier(value: unknown): value is ContentTier {
  return (CONTENT_TIERS as readonly unknown[]).includes(value);
}

/** The strictest of the tiers; undefined is no vote, and the result where nobody votes. */
export function strictest(...tiers: (ContentTier | undefined)[]): ContentTier | undefined {
  return CONTENT_TIERS.find((tier) => tiers.includes(tier));
}
