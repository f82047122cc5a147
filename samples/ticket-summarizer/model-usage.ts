import { durationMs, readSpans, spanAttributes } from './trace-file.js';
import type { RecordedSpan } from './trace-file.js';

/** What the calls to one model came to; what no call told is absent. */
export interface ModelUsage {
  readonly provider: string;
  readonly model: string;
  callCount: number;
  totalMs: number;
  inputTokens?: number;
  outputTokens?: number;
  costUsd?: number;
  /** Calls without token counts: the failed ones, and those of a server that says nothing. */
  uncountedCalls: number;
  unpricedCalls: number;
}

/** Adds up the calls to models in a trace, by provider and model. */
export async function collectModelUsage(tracePath: string): Promise<ModelUsage[]> {
  const usages = new Map<string, ModelUsage>();
  for await (const span of readSpans(tracePath)) {
    const attributes = spanAttributes(span);
    if (attributes.get('spanwright.call.type') !== 'llm') continue;
    const provider = attributes.get('gen_ai.provider.name') ?? 'unknown';
    const model = attributes.get('gen_ai.request.model') ?? 'unknown';
    const key = JSON.stringify([provider, model]);
    const usage = usages.get(key) ?? {
      provider,
      model,
      callCount: 0,
      totalMs: 0,
      uncountedCalls: 0,
      unpricedCalls: 0,
    };
    usages.set(key, usage);
    addCall(usage, span, attributes);
  }
  return [...usages.values()];
}

function addCall(usage: ModelUsage, span: RecordedSpan, attributes: ReadonlyMap<string, string>): void {
  const read = (name: string) => (attributes.has(name) ? Number(attributes.get(name)) : undefined);
  const input = read('gen_ai.usage.input_tokens');
  const output = read('gen_ai.usage.output_tokens');
  const cost = read('gen_ai.usage.cost');
  usage.callCount += 1;
  usage.totalMs += durationMs(span);
  if (input !== undefined) usage.inputTokens = (usage.inputTokens ?? 0) + input;
  if (output !== undefined) usage.outputTokens = (usage.outputTokens ?? 0) + output;
  if (cost !== undefined) usage.costUsd = (usage.costUsd ?? 0) + cost;
  if (input === undefined && output === undefined) usage.uncountedCalls += 1;
  if (cost === undefined) usage.unpricedCalls += 1;
}

/** One line: `openai gpt-4o-mini: 75 calls, 18400 input and 3100 output tokens, 0.0046 USD, 812 ms a call`. */
export function describeModelUsage(usage: ModelUsage): string {
  const { provider, model, callCount, inputTokens, outputTokens, costUsd } = usage;
  return [
    `${provider} ${model}: ${callCount} calls`,
    inputTokens === undefined && outputTokens === undefined
      ? 'tokens unknown'
      : `${inputTokens ?? 0} input and ${outputTokens ?? 0} output tokens${without(usage.uncountedCalls, 'counts')}`,
    costUsd === undefined ? 'cost unknown' : `${formatUsd(costUsd)} USD${without(usage.unpricedCalls, 'a price')}`,
    `${(usage.totalMs / callCount).toFixed(0)} ms a call`,
  ].join(', ');
}

function without(callCount: number, what: string): string {
  return callCount === 0 ? '' : ` (${callCount} calls without ${what})`;
}

const SMALL_USD = 1;

function formatUsd(usd: number): string {
  return usd >= SMALL_USD ? usd.toFixed(2) : String(Number(usd.toPrecision(3)));
}
