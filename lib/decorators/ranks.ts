/** Who names a span that several decorators share: the lowest. */
export const RANK = {
  llm: 10,
  embedding: 20,
  retrieval: 30,
  tool: 40,
  agent: 50,
  external: 60,
  audit: 65,
  remediation: 70,
  policy: 80,
  workflow: 90,
  task: 100,
  trace: 110,
  metered: 120,
} as const;
