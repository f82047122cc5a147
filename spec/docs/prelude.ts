/** Files that every block of the pages may use without saying so. */
export const PRELUDE: Readonly<Record<string, string>> = {
  'globals.d.ts': `/// <reference types="mocha" />
interface Ticket {
  readonly id: string;
  readonly text: string;
}
interface Summary {
  readonly id: string;
  readonly text: string;
}
interface Review {
  readonly score: number;
}
declare const ticket: Ticket;
declare function summarize(ticket: Ticket): Promise<Summary>;
declare function archive(queue: string, id: string): Promise<void>;
declare function find(query: string): Promise<string[]>;
type ChatRequest = import('openai').OpenAI.ChatCompletionCreateParamsNonStreaming;
declare const openai: import('openai').OpenAI;
declare const row: { request: object; response: object; createdAt: Date; completedAt: Date };
`,
  'summarizer.ts': `import { Traced } from 'spanwright';

@Traced
export class Summarizer {
  async summarize(id: string): Promise<string> {
    return await this.fetch(id);
  }

  async fetch(id: string): Promise<string> {
    return \`text of \${id}\`;
  }
}
`,
};

/** What the examples of the reference stand on; one line, so that theirs keep their numbers. */
export const EXAMPLE_IMPORTS = [
  "import { configureTracing, logFields, recordLlmCall, Task, Traced, Workflow } from 'spanwright';",
  "import { AgentCall, createTracing, ExternalCall, LlmCall, Metered, parseTracingConfig, ToolCall } from 'spanwright';",
  "import { auditedClient, AuditedCall, auditedFetch } from 'spanwright'; import { OpenAI } from 'openai'; import { Pool } from 'pg';",
  "import { captureSpans, expectEveryCallAudited, memoryLedger } from 'spanwright/testing';",
  "import { expect } from 'chai';",
].join(' ');
