import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { QueuedDestination } from '../destinations/destination.js';
import type { FinishedSpan } from '../finished-span.js';
import type { DeliverySettings } from '../settings.js';
import type { Accounts } from './accounts.js';
import type { Budget } from './budget.js';
import type { Failures } from './failures.js';
import type { LastResort } from './last-resort.js';
import type { Quiet } from './quiet.js';

/** What a queue works with. */
export interface QueueParts {
  readonly name: string;
  /** The preset, or the kind of destination. */
  readonly provider: string;
  readonly settings: DeliverySettings;
  /** Bytes that the backend takes in one request. */
  readonly requestBytes: number | undefined;
  readonly waitsForResources: boolean;
  readonly destination: QueuedDestination;
  readonly budget: Budget;
  readonly quiet: Quiet;
  readonly accounts: Accounts;
  readonly failures: Failures;
  readonly lastResort: LastResort;
  readonly project: (span: ReadableSpan) => FinishedSpan | undefined;
  /** Told when the breaker opened or closed. */
  readonly onBreaker: () => void;
}
