/** Who made a model and who serves it, as OpenInference names them. */
export interface ModelHost {
  /** `llm.provider`: who serves it. */
  readonly provider: string;
  /** `llm.system`: whose model it is. */
  readonly system?: string;
}

const google: ModelHost = { provider: 'google', system: 'vertexai' };

const HOSTS: ReadonlyMap<string, ModelHost> = new Map([
  ['openai', { provider: 'openai', system: 'openai' }],
  ['anthropic', { provider: 'anthropic', system: 'anthropic' }],
  ['azure.ai.openai', { provider: 'azure', system: 'openai' }],
  ['azure.ai.inference', { provider: 'azure' }],
  ['aws.bedrock', { provider: 'aws' }],
  ['cohere', { provider: 'cohere', system: 'cohere' }],
  ['deepseek', { provider: 'deepseek', system: 'deepseek' }],
  ['gcp.gemini', google],
  ['gcp.gen_ai', google],
  ['gcp.vertex_ai', google],
  ['mistral_ai', { provider: 'mistralai', system: 'mistralai' }],
  ['moonshot_ai', { provider: 'moonshot', system: 'moonshot' }],
  ['perplexity', { provider: 'perplexity', system: 'perplexity' }],
  ['together_ai', { provider: 'together' }],
  ['x_ai', { provider: 'xai', system: 'xai' }],
]);

const MAKERS: ReadonlyMap<string, string> = new Map([
  ['ai21', 'ai21'],
  ['amazon', 'amazon'],
  ['anthropic', 'anthropic'],
  ['cohere', 'cohere'],
  ['deepseek', 'deepseek'],
  ['meta', 'meta'],
  ['mistral', 'mistralai'],
  ['openai', 'openai'],
]);

// `us.anthropic.claude-…`: a region may stand before the maker.
function makerOf(model: string | undefined): string | undefined {
  const named = model?.split('.', 2).find((segment) => MAKERS.has(segment));
  return named === undefined ? undefined : MAKERS.get(named);
}

/** Translates a `gen_ai.provider.name`; a host of several makers' models has a system only where the model tells it. */
export function modelHostOf(provider: string, model: string | undefined): ModelHost {
  const host = HOSTS.get(provider) ?? { provider };
  const maker = provider === 'aws.bedrock' ? makerOf(model) : undefined;
  return maker === undefined ? host : { ...host, system: maker };
}
