import type { CodeEntry } from './code-entry.js';

/** The codes of the ledger and of audited calls. */
export const AUDIT_CODES = {
  AUDIT_NOT_CONFIGURED: {
    level: 'error',
    meaning: 'An audited call was made without a ledger; it was not run.',
    fix: 'Name one with `configureTracing({ audit: { directory } })`, in a test with `memoryLedger()`; `audit: false` lets calls pass unrecorded.',
  },
  AUDIT_INTENT_NOT_DURABLE: {
    level: 'error',
    meaning: 'The intent of an audited call could not be made durable, or not in time; the call was not made.',
    fix: 'Look at the disk that the cause names; the call may be made again.',
  },
  AUDIT_QUEUE_FULL: {
    level: 'error',
    meaning: 'More entries wait for the disk than the ledger holds; the call was not made.',
    fix: 'Make fewer calls at a time, or raise `maxQueue` and `maxQueueBytes`.',
  },
  AUDIT_DISK_LOW: {
    level: 'error',
    meaning: 'The disk of the ledger is nearly full; the call was not made, so that calls in flight can be recorded.',
    fix: 'Free space, then call `recover()` of the ledger or start again.',
  },
  AUDIT_POISONED: {
    level: 'error',
    meaning:
      'A sync failed or an outcome was lost, so that nobody knows what the ledger holds; it takes no more calls.',
    fix: 'Look at the cause, then call `recover()` of the ledger or start again.',
  },
  AUDIT_LEDGER_MISSING: {
    level: 'error',
    meaning: 'The key or a checkpoint of a ledger is there, and the ledger is not.',
    fix: 'Restore the ledger. To begin another, name a new folder, or move the folder of keys away.',
  },
  AUDIT_LEDGER_REFUSED: {
    level: 'error',
    meaning:
      'The folder of a ledger is not fit for one: rights, a symbolic link, a file system that keeps no promise, another version.',
    fix: 'Do what the message says; `spanwright audit doctor` looks at all of it.',
  },
  AUDIT_PARTS_MISSING: {
    level: 'error',
    meaning: 'The file of the package that keeps ledgers was left out of a bundle; nothing was configured.',
    fix: 'Let the bundler resolve with the condition `module`, or leave `spanwright` out of the bundle.',
  },
  AUDIT_LEDGER_UNREADABLE: {
    level: 'error',
    meaning: 'There is no ledger to read, or it cannot be read.',
    fix: 'Correct the path or the rights.',
  },
  AUDIT_OUTCOME_LOST: {
    level: 'error',
    meaning:
      'An audited call was made and its outcome could not be recorded; its result is withheld and the ledger is poisoned.',
    fix: 'Find out at the other side whether the call took effect; `cause` is what the method itself threw.',
  },
  AUDIT_ENTRY_INVALID: {
    level: 'error',
    meaning: 'What should be recorded has no canonical form, or is too large for an entry.',
    fix: 'Give plain JSON data, at most 60 KiB; the message says where it is not.',
  },
  AUDIT_CLOSED: {
    level: 'error',
    meaning: 'The ledger was closed; the call was not made.',
    fix: 'Open it again.',
  },
  AUDIT_OFF: {
    level: 'warning',
    meaning: 'Code says `audit: false`: audited calls pass and leave no record.',
    fix: 'Name a ledger where calls must be recorded.',
  },
  AUDIT_RESULT_REPLACED: {
    level: 'warning',
    meaning:
      'An audited method returned something else than a promise or an async iterable; the caller gets a promise of it.',
    fix: "Declare it `async`, or give `durability: 'sync'`; clients with promises of their own go through `auditedClient`.",
  },
  AUDIT_CLIENT_UNKNOWN: {
    level: 'error',
    meaning: '`auditedClient` was given a client that it cannot audit.',
    fix: 'Name the methods to audit: `auditedClient(client, { methods: [...] })`.',
  },
} as const satisfies Record<string, CodeEntry>;
