import { RECEIVED, SENT } from '../../core/capture.js';
import { GEN_AI } from '../../genai/vocabularies/gen-ai-names.js';

/** Content of a span by the keys under which it is kept. */
export type Content = Readonly<Record<string, unknown>> & { readonly [SENT]?: unknown; readonly [RECEIVED]?: unknown };

/** Where a kind of content stands for rules by path: `messages.input[0].parts[0].content`, `arguments`, … */
const PATHS: Readonly<Record<string, readonly string[]>> = {
  [GEN_AI.systemInstructions]: ['messages', 'system'],
  [GEN_AI.inputMessages]: ['messages', 'input'],
  [GEN_AI.outputMessages]: ['messages', 'output'],
  [GEN_AI.toolDefinitions]: ['tools'],
  [GEN_AI.retrievalQuery]: ['query'],
  [GEN_AI.retrievalDocuments]: ['documents'],
  [GEN_AI.embeddingTexts]: ['texts'],
  [GEN_AI.toolArguments]: ['arguments'],
  [GEN_AI.toolResult]: ['result'],
  [GEN_AI.capturedArguments]: ['arguments'],
  [GEN_AI.capturedResult]: ['result'],
};

/** The path of a kind of content. */
export function pathOf(key: string): readonly string[] {
  const path = PATHS[key];
  if (path !== undefined) return path;
  return key.startsWith(GEN_AI.promptVariable) ? ['variables', key.slice(GEN_AI.promptVariable.length)] : [key];
}

/** What was sent to a model, by the names that its digest has. */
const PARTS: Readonly<Record<string, string>> = {
  system: GEN_AI.systemInstructions,
  input: GEN_AI.inputMessages,
  tools: GEN_AI.toolDefinitions,
  query: GEN_AI.retrievalQuery,
  texts: GEN_AI.embeddingTexts,
};

function pick(content: Content, names: Readonly<Record<string, string>>): Record<string, unknown> | undefined {
  const picked = Object.entries(names).flatMap(([name, key]) =>
    content[key] === undefined ? [] : [[name, content[key]] as const],
  );
  return picked.length === 0 ? undefined : Object.fromEntries(picked);
}

/** What went out: the parts of a request to a model, else the arguments. */
export function sentIn(content: Content): unknown {
  return pick(content, PARTS) ?? content[GEN_AI.toolArguments] ?? content[GEN_AI.capturedArguments] ?? content[SENT];
}

/** What came back: messages, documents, else the result. */
export function receivedIn(content: Content): unknown {
  return (
    content[GEN_AI.outputMessages] ??
    content[GEN_AI.retrievalDocuments] ??
    content[GEN_AI.toolResult] ??
    content[GEN_AI.capturedResult] ??
    content[RECEIVED]
  );
}
