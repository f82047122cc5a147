import type { PrivacyStatus } from '../pipeline/handle.js';
import type { Privacy } from '../privacy/privacy.js';
import { printPath } from './problems.js';
import type { ResolvedConfig } from './resolve.js';

/** What each destination may see of content and who decided it, and how digests are made. */
export function describePrivacy(config: ResolvedConfig, privacy: Privacy): PrivacyStatus {
  const { rules, hidden, contentOnSpan } = config.privacy;
  const { digest: algorithm = 'hmac-sha256', digestKey } = rules;
  const isKeyed = algorithm === 'hmac-sha256';
  return {
    digest: {
      algorithm,
      key: !isKeyed ? 'none' : digestKey === undefined ? 'random' : 'configured',
      ...(isKeyed ? { keyId: privacy.digester.keyId } : {}),
    },
    contentOnSpan,
    destinations: Object.fromEntries(
      config.destinations.map(({ name, content }) => [
        name,
        {
          content,
          decidedBy: config.sources[printPath(['destinations', name, 'content'])] ?? 'default',
          hidden: [...hidden],
        },
      ]),
    ),
  };
}
