// The names that the SDK's own providers give themselves: https://ai-sdk.dev/providers, read 2026-11-21.
const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ['openai', 'openai'],
  ['anthropic', 'anthropic'],
  ['google', 'gcp.gemini'],
  ['google.generative-ai', 'gcp.gemini'],
  ['google.vertex', 'gcp.vertex_ai'],
  ['vertex', 'gcp.vertex_ai'],
  ['amazon-bedrock', 'aws.bedrock'],
  ['bedrock', 'aws.bedrock'],
  ['azure', 'azure.ai.openai'],
  ['azure-openai', 'azure.ai.openai'],
  ['mistral', 'mistral_ai'],
  ['xai', 'x_ai'],
  ['moonshotai', 'moonshot_ai'],
  ['gateway', ''],
]);

/** Model ids of the gateway begin with who made the model; where Google's runs, Gemini or Vertex, they do not say. */
const CREATORS: ReadonlyMap<string, string> = new Map([
  ['openai', 'openai'],
  ['anthropic', 'anthropic'],
  ['google', 'gcp.gen_ai'],
  ['amazon', 'aws.bedrock'],
  ['mistral', 'mistral_ai'],
  ['xai', 'x_ai'],
  ['deepseek', 'deepseek'],
  ['cohere', 'cohere'],
  ['perplexity', 'perplexity'],
  ['moonshotai', 'moonshot_ai'],
]);

/**
 * The value of `gen_ai.provider.name` for a provider of the SDK: `openai.chat` is `openai`, `google.vertex.chat` is
 * `gcp.vertex_ai`. One that is not known stands under the first word of its name.
 */
export function providerOfAiSdk(name: string | undefined, modelId?: string): string | undefined {
  for (let known = name; known !== undefined && known !== ''; known = shorter(known)) {
    const provider = PROVIDERS.get(known);
    if (provider !== undefined) return provider === '' ? creatorOf(modelId) : provider;
  }
  const first = name?.split('.', 1)[0];
  return first === undefined || first === '' ? creatorOf(modelId) : first;
}

function shorter(name: string): string | undefined {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? undefined : name.slice(0, dot);
}

function creatorOf(modelId: string | undefined): string | undefined {
  const slash = modelId?.indexOf('/') ?? -1;
  return slash <= 0 ? undefined : CREATORS.get(modelId?.slice(0, slash) ?? '');
}
