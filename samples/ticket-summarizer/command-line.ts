import { parseArgs } from 'node:util';

import { InputError, describeError } from './sample-error.js';

export const ANALYSIS_TYPES = ['pod', 'diagnostics', 'both'] as const;
export type AnalysisType = (typeof ANALYSIS_TYPES)[number];

export const MODEL_PROVIDERS = [
  'offline',
  'openai',
  'azure',
  'gemini',
  'anthropic',
  'openrouter',
  'ollama',
  'replay',
] as const;
export type ModelProvider = (typeof MODEL_PROVIDERS)[number];

export interface SampleOptions {
  /** Absent: the tickets that ship with the sample. */
  readonly input?: string;
  readonly analysisType: AnalysisType;
  /** Absent: `openai` when a key or a base URL is set, else `offline`. */
  readonly modelProvider?: ModelProvider;
  /** Absent: the provider's default. */
  readonly model?: string;
  /** The folder of recorded exchanges, for `replay`. */
  readonly exchanges: string;
  readonly limit: number;
  readonly concurrency: number;
  readonly output: string;
  /** The folder of the ledger; absent: calls that leave the process are not recorded. */
  readonly audit?: string;
  /** Absent: a loopback ticket API is started. */
  readonly ticketApi?: URL;
}

export const USAGE = `Usage: ticket-summarizer [options]

  --input FILE            CSV with ticket_id/serial_no or text[,category] (default: the 25 tickets that ship)
  --analysis-type TYPE    pod, diagnostics or both (default: both)
  --model-provider NAME   ${MODEL_PROVIDERS.join(', ')}
                          (default: openai when OPENAI_API_KEY or OPENAI_BASE_URL is set, else offline)
  --model NAME            another model than the provider's default; of azure: the deployment
  --exchanges DIR         recorded exchanges for replay (default: ../shared/data/llm-exchanges)
  --limit N               use the first N tickets
  --concurrency N         tickets in work at once in each phase (default: 8)
  --output DIR            folder for results.json and trace.jsonl (default: out/ticket-summarizer)
  --audit DIR             records every call that leaves the process in a ledger in this folder
  --ticket-api URL        serves /tickets/:id and /tickets/:id/comments (default: a loopback server)
  --help                  print this text

Environment:
  openai      OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_MODEL
  azure       AZURE_OPENAI_ENDPOINT, AZURE_OPENAI_API_KEY, AZURE_OPENAI_DEPLOYMENT, OPENAI_API_VERSION
  gemini      GEMINI_API_KEY, GOOGLE_GEMINI_BASE_URL
  anthropic   ANTHROPIC_API_KEY, ANTHROPIC_BASE_URL
  openrouter  OPENROUTER_API_KEY, OPENROUTER_BASE_URL
  ollama      OLLAMA_HOST
  any         ENVIRONMENT
`;

const flags = {
  input: { type: 'string' },
  'analysis-type': { type: 'string', default: 'both' },
  'model-provider': { type: 'string' },
  model: { type: 'string' },
  exchanges: { type: 'string', default: '../shared/data/llm-exchanges' },
  limit: { type: 'string' },
  concurrency: { type: 'string', default: '8' },
  output: { type: 'string', default: 'out/ticket-summarizer' },
  audit: { type: 'string' },
  'ticket-api': { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** Reads the command line; `undefined` stands for `--help`, and an `InputError` names the flag to mend. */
export function parseCommandLine(argv: string[]): SampleOptions | undefined {
  const values = readFlags(argv);
  if (values.help) return undefined;
  const provider = values['model-provider'];
  const api = values['ticket-api'];
  const { model, audit } = values;
  if (model?.trim() === '') throw new InputError(`--model: got '${model}', expected the name of a model`);
  if (audit?.trim() === '') throw new InputError(`--audit: got '${audit}', expected a folder`);
  return {
    analysisType: oneOf('analysis-type', values['analysis-type'], ANALYSIS_TYPES),
    limit: values.limit === undefined ? Infinity : wholeNumber('limit', values.limit),
    concurrency: wholeNumber('concurrency', values.concurrency),
    output: values.output,
    exchanges: values.exchanges,
    ...(values.input !== undefined && { input: values.input }),
    ...(provider !== undefined && { modelProvider: oneOf('model-provider', provider, MODEL_PROVIDERS) }),
    ...(model !== undefined && { model }),
    ...(audit !== undefined && { audit }),
    ...(api !== undefined && { ticketApi: httpUrl('ticket-api', api) }),
  };
}

function readFlags(argv: string[]) {
  try {
    return parseArgs({ args: argv, options: flags }).values;
  } catch (error) {
    throw new InputError(describeError(error), { cause: error });
  }
}

function oneOf<const T extends string>(flag: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new InputError(`--${flag}: got '${value}', expected ${allowed.join(', ')}`);
  return found;
}

function wholeNumber(flag: string, value: string): number {
  const parsed = /^\d+$/.test(value) ? Number(value) : 0;
  if (parsed < 1 || !Number.isSafeInteger(parsed)) {
    throw new InputError(`--${flag}: got '${value}', expected a whole number from 1`);
  }
  return parsed;
}

function httpUrl(flag: string, value: string): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new InputError(`--${flag}: got '${value}', expected a URL like http://localhost:8080`);
  }
  // The URL goes on the spans of its calls, and paths are added to it.
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new InputError(`--${flag}: the URL must hold no credentials, query or fragment`);
  }
  return url;
}
