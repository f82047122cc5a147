type Values = Readonly<Record<string, unknown>>;
type Leaf = 'text' | 'count' | 'number' | 'json' | 'texts';

const KINDS: ReadonlySet<unknown> = new Set([
  'LLM',
  'EMBEDDING',
  'CHAIN',
  'RETRIEVER',
  'RERANKER',
  'TOOL',
  'AGENT',
  'GUARDRAIL',
  'EVALUATOR',
  'PROMPT',
]);

const MESSAGE: Readonly<Record<string, Leaf>> = {
  'message.role': 'text',
  'message.name': 'text',
  'message.content': 'text',
  'message.tool_call_id': 'text',
  'message.contents.#.message_content.type': 'text',
  'message.contents.#.message_content.text': 'text',
  'message.contents.#.message_content.data': 'text',
  'message.contents.#.message_content.image.image.url': 'text',
  'message.contents.#.message_content.video.video.url': 'text',
  'message.contents.#.message_content.audio.audio.url': 'text',
  'message.contents.#.message_content.audio.audio.mime_type': 'text',
  'message.tool_calls.#.tool_call.id': 'text',
  'message.tool_calls.#.tool_call.function.name': 'text',
  'message.tool_calls.#.tool_call.function.arguments': 'json',
};

const DOCUMENT: Readonly<Record<string, Leaf>> = {
  'document.id': 'text',
  'document.content': 'text',
  'document.score': 'number',
  'document.metadata': 'json',
};

const below = (prefix: string, leaves: Readonly<Record<string, Leaf>>): Record<string, Leaf> =>
  Object.fromEntries(Object.entries(leaves).map(([key, leaf]) => [`${prefix}.#.${key}`, leaf]));

/** The keys of spec/semantic_conventions.md that this project writes; `#` is an index. */
const LEAVES: Readonly<Record<string, Leaf>> = {
  'openinference.span.kind': 'text',
  'input.value': 'text',
  'input.mime_type': 'text',
  'output.value': 'text',
  'output.mime_type': 'text',
  'llm.model_name': 'text',
  'llm.request.model_name': 'text',
  'llm.response.model_name': 'text',
  'llm.provider': 'text',
  'llm.system': 'text',
  'llm.finish_reason': 'text',
  'llm.invocation_parameters': 'json',
  'llm.token_count.prompt': 'count',
  'llm.token_count.completion': 'count',
  'llm.token_count.total': 'count',
  'llm.token_count.prompt_details.cache_read': 'count',
  'llm.token_count.prompt_details.cache_write': 'count',
  'llm.token_count.prompt_details.audio': 'count',
  'llm.token_count.completion_details.reasoning': 'count',
  'llm.token_count.completion_details.audio': 'count',
  'llm.cost.total': 'number',
  'llm.tools.#.tool.json_schema': 'json',
  'llm.prompt_template.version': 'text',
  'llm.prompt_template.variables': 'json',
  ...below('llm.input_messages', MESSAGE),
  ...below('llm.output_messages', MESSAGE),
  'embedding.model_name': 'text',
  'embedding.invocation_parameters': 'json',
  'embedding.embeddings.#.embedding.text': 'text',
  ...below('retrieval.documents', DOCUMENT),
  'reranker.model_name': 'text',
  'reranker.query': 'text',
  'reranker.top_k': 'count',
  ...below('reranker.input_documents', DOCUMENT),
  ...below('reranker.output_documents', DOCUMENT),
  'tool.name': 'text',
  'tool.description': 'text',
  'tool.id': 'text',
  'agent.name': 'text',
  'prompt.id': 'text',
  'session.id': 'text',
  'user.id': 'text',
  'tag.tags': 'texts',
  metadata: 'json',
};

/** Families of keys that belong to OpenInference: any key in them must be one that it has. */
const FAMILY = /^(openinference|input|output|llm|embedding|retrieval|reranker|tool|agent|prompt|tag|metadata)(\.|$)/;

function isJson(value: unknown): boolean {
  try {
    return typeof value === 'string' && (JSON.parse(value), true);
  } catch {
    return false;
  }
}

const FITS: Readonly<Record<Leaf, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  count: (value) => Number.isInteger(value),
  number: (value) => typeof value === 'number',
  json: isJson,
  texts: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
};

function problemsOfLeaf(key: string, value: unknown): string[] {
  if (!FAMILY.test(key)) return [];
  const leaf = LEAVES[key.replaceAll(/\.\d+(?=\.)/g, '.#')];
  if (leaf === undefined) return [`${key}: no key of OpenInference`];
  return FITS[leaf](value) ? [] : [`${key}: no ${leaf}`];
}

// Every list starts at 0 and leaves no number out, lists inside of lists as well.
function problemsOfIndices(keys: readonly string[]): string[] {
  const lists = new Map<string, Set<number>>();
  for (const key of keys.filter((candidate) => FAMILY.test(candidate))) {
    for (const { 0: match, index } of key.matchAll(/\.(\d+)(?=\.)/g)) {
      const prefix = key.slice(0, index);
      const seen = lists.get(prefix) ?? new Set();
      lists.set(prefix, seen.add(Number(match.slice(1))));
    }
  }
  return [...lists].flatMap(([prefix, seen]) =>
    Math.max(...seen) === seen.size - 1 ? [] : [`${prefix}: indices ${[...seen].join(', ')}`],
  );
}

function problemsOfMime(attributes: Values, side: 'input' | 'output'): string[] {
  const value = attributes[`${side}.value`];
  const mime = attributes[`${side}.mime_type`];
  if (value === undefined) return mime === undefined ? [] : [`${side}.mime_type: without a value`];
  if (mime === 'text/plain') return [];
  return mime === 'application/json' && isJson(value) ? [] : [`${side}.value: not of its type ${String(mime)}`];
}

function problemsOfKind(attributes: Values): string[] {
  const kind = attributes['openinference.span.kind'];
  if (!KINDS.has(kind)) return [`openinference.span.kind: ${String(kind)}`];
  const hosts = ['llm.provider', 'llm.system'].filter((key) => attributes[key] !== undefined);
  return kind === 'EMBEDDING' ? hosts.map((key) => `${key}: not used in embedding spans`) : [];
}

/** What in these attributes breaks a rule of OpenInference: kinds, keys, indices, types of values, JSON, MIME types. */
export function problemsOfOpenInference(attributes: Values): string[] {
  return [
    ...problemsOfKind(attributes),
    ...Object.entries(attributes).flatMap(([key, value]) => problemsOfLeaf(key, value)),
    ...problemsOfIndices(Object.keys(attributes)),
    ...problemsOfMime(attributes, 'input'),
    ...problemsOfMime(attributes, 'output'),
  ];
}
