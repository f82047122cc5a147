export type {
  CloseEntry,
  DeniedEntry,
  Entry,
  EntryBase,
  EntryKind,
  GenesisEntry,
  IntentEntry,
  NoteEntry,
  OtherEntry,
  OutcomeEntry,
  PolicyEntry,
  RecoveredEntry,
  RunEntry,
} from './audit/entry.js';
export type {
  AuditLevel,
  AuditStatus,
  EntryActor,
  EntryCall,
  EntryError,
  EntryExternal,
  EntryHead,
  EntryIntent,
  EntryOperation,
  EntryPayload,
  EntryPolicy,
  EntrySecret,
  EntryUsage,
} from './audit/entry-fields.js';
export type {
  CallEnd,
  CallStart,
  Captured,
  Ledger,
  LedgerHealth,
  LedgerOptions,
  OwnEntry,
  Receipt,
  RecordedCall,
  RecoveryReport,
} from './audit/ledger.js';
export { openLedger, openLedgerSync } from './audit/open-ledger.js';
export { AuditOutcomeLostError } from './audit/outcome-lost-error.js';
export type { ExplainedPayload, PayloadState } from './audit/read/explained-payload.js';
export type { ExplainOptions } from './audit/read/explain.js';
export { explain } from './audit/read/explain.js';
export type { CallState, ChildCall, ExplainedAttempt, ExplainedEntry, Explanation } from './audit/read/explanation.js';
export type { Lineage, LineageCall, LineageOptions } from './audit/read/lineage.js';
export { lineage } from './audit/read/lineage.js';
export type {
  ProblemCode,
  ProblemSeverity,
  VerifyCounts,
  VerifyOptions,
  VerifyPlace,
  VerifyProblem,
  VerifyReport,
} from './audit/read/verify-report.js';
export { verify } from './audit/read/verify.js';
