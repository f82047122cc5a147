import { writeFileSync } from 'node:fs';

import { PRESETS } from '#lib/config/presets/known-presets.js';
import type { BackendName } from './destinations.js';
import type { FanOut } from './fan-out.js';

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

/** What a backend takes the spans of a call of every kind for, by their names. */
export interface KindFacts {
  readonly name: BackendName;
  readonly vocabulary: string;
  readonly kinds: Readonly<Record<string, string>>;
}

/** What the specs saw, for the report. */
export class Facts {
  readonly backends: BackendFacts[] = [];
  readonly kinds: KindFacts[] = [];

  /** Writes them where `BACKENDS_FACTS` says, if it does. */
  write(): void {
    const path = process.env['BACKENDS_FACTS'];
    if (path !== undefined) writeFileSync(path, JSON.stringify(this));
  }
}

/** What a run saw of a backend. */
export function factsOf(run: FanOut, name: BackendName): BackendFacts {
  const skipped = run.backends.skipped.get(name);
  if (skipped !== undefined) return { name, skipped };
  const { vocabulary, content } = PRESETS[name === 'collector' ? 'otlp' : name];
  const { spans } = run.shown(name);
  const calls = spans.flatMap(({ call }) => (call === undefined ? [] : [call]));
  const kinds: Record<string, number> = {};
  for (const { kind } of spans) kinds[kind] = (kinds[kind] ?? 0) + 1;
  return {
    name,
    vocabulary,
    content,
    sent: run.recorded.spans.length,
    readBack: spans.length,
    kinds,
    models: [...new Set(calls.map(({ model }) => model))],
    inputTokens: calls.reduce((sum, { inputTokens }) => sum + Number(inputTokens), 0),
    outputTokens: calls.reduce((sum, { outputTokens }) => sum + Number(outputTokens), 0),
    callsWithMessages: calls.filter(({ input, output }) => input !== undefined && output !== undefined).length,
  };
}
