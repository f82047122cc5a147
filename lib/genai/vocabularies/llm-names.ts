/** Attribute names of the older, flat vocabulary; those of tasks, policies and remediations stayed the same. */
export const LLM = {
  model: 'llm.model',
  callType: 'llm.call_type',
  tokensIn: 'llm.tokens_in',
  tokensOut: 'llm.tokens_out',
  costUsd: 'llm.cost_usd',
  latencyMs: 'llm.latency_ms',
  cached: 'llm.cached',
  input: 'llm.input',
  output: 'llm.output',
} as const;
