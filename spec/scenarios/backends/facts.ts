import type { FanOut } from './fan-out.js';
import type { BackendName } from './destinations.js';
import { destinationsFor } from './destinations.js';

/** What a run saw of one backend, for the report. */
export interface BackendFacts {
  readonly name: BackendName;
  readonly skipped?: string;
  readonly vocabulary?: string;
  readonly content?: string;
  readonly sent?: number;
  readonly readBack?: number;
  /** Spans by what the backend takes them for. */
  readonly kinds?: Readonly<Record<string, number>>;
  readonly models?: readonly unknown[];
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly callsWithMessages?: number;
}

/** What a run saw of a backend. */
export function factsOf(run: FanOut, name: BackendName): BackendFacts {
  const skipped = run.skipped.get(name);
  if (skipped !== undefined) return { name, skipped };
  const [destination] = destinationsFor({ [name]: 'http://127.0.0.1' });
  const { spans } = run.shown(name);
  const calls = spans.flatMap(({ call }) => (call === undefined ? [] : [call]));
  const kinds: Record<string, number> = {};
  for (const { kind } of spans) kinds[kind] = (kinds[kind] ?? 0) + 1;
  return {
    name,
    vocabulary: destination?.vocabulary ?? 'gen-ai',
    content: destination?.content ?? 'none',
    sent: run.recorded.spans.length,
    readBack: spans.length,
    kinds,
    models: [...new Set(calls.map(({ model }) => model))],
    inputTokens: calls.reduce((sum, { inputTokens }) => sum + Number(inputTokens), 0),
    outputTokens: calls.reduce((sum, { outputTokens }) => sum + Number(outputTokens), 0),
    callsWithMessages: calls.filter(({ input, output }) => input !== undefined && output !== undefined).length,
  };
}
