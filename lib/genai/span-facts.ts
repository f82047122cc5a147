/** Which sort of span it is, strongest first; `chain` is any other. */
export type SpanSort =
  | 'llm'
  | 'embedding'
  | 'retrieval'
  | 'rerank'
  | 'tool'
  | 'agent'
  | 'external'
  | 'remediation'
  | 'policy'
  | 'workflow'
  | 'task'
  | 'chain';

/** A tool that was run. */
export interface ToolFacts {
  readonly name?: string;
  readonly type?: string;
  readonly callId?: string;
  readonly description?: string;
  readonly arguments?: unknown;
  readonly result?: unknown;
}

/** An agent that ran. */
export interface AgentFacts {
  readonly name?: string;
  readonly id?: string;
  readonly description?: string;
}

/** The managed prompt that a call was made from. */
export interface PromptFacts {
  readonly name?: string;
  readonly version?: string | number;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Who and what the work was for. */
export interface ContextFacts {
  readonly sessionId?: string;
  readonly userId?: string;
  readonly conversationId?: string;
  readonly tenant?: string;
  readonly tags?: readonly string[];
  /** An object; the text as it is where that was no JSON. */
  readonly metadata?: unknown;
  readonly runId?: string;
}

/** A call that left the process. */
export interface ExternalFacts {
  readonly callType?: string;
  readonly provider?: string;
  readonly status?: string | number;
  readonly latencyMs?: number;
  readonly requestDigest?: string;
  readonly responseDigest?: string;
}

/** A unit of work. */
export interface TaskFacts {
  readonly id?: string;
  readonly type?: string;
  readonly description?: string;
  readonly status?: string;
  readonly score?: number;
}

/** A check against policies. */
export interface PolicyFacts {
  readonly count?: number;
  readonly passed?: boolean;
  readonly violations?: number;
}

/** An attempt to repair something. */
export interface RemediationFacts {
  readonly strategy?: string;
  readonly trigger?: string;
  readonly success?: boolean;
}
