// What `parseTracingConfig` gives is told apart by its provider.
import type { ParsedAzure, ParsedLangfuse, ParsedTracingConfig } from 'spanwright';
import { createTracing, parseTracingConfig } from 'spanwright';

import type { Holds, Same } from './same.js';

declare const parsed: ParsedTracingConfig;

export function hostOf(config: ParsedTracingConfig): string | undefined {
  return config.provider === 'langfuse' ? config.host : undefined;
}

export function connectionOf(config: ParsedTracingConfig): string | undefined {
  return config.provider === 'azure_ai' ? config.connectionString : undefined;
}

export function pathOf(config: ParsedTracingConfig): string | undefined {
  return config.provider === 'file' ? config.path : undefined;
}

export type IsLangfuse = Holds<Same<Extract<ParsedTracingConfig, { provider: 'langfuse' }>, ParsedLangfuse>>;
export type IsFlag = Holds<Same<ParsedAzure['enableContentRecording'], boolean>>;

createTracing(parseTracingConfig({ provider: 'langfuse' }));
createTracing(parsed);

// @ts-expect-error it is frozen
parsed.provider = 'none';
// @ts-expect-error only Langfuse has a public key
export const key = parsed.publicKey;
