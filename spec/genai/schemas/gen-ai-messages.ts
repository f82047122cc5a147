type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the published schemas of semconv 1.41 require of a part of each named type; any other type is a generic part. */
const PARTS: Readonly<Record<string, { texts: readonly string[]; present?: string; details?: string }>> = {
  text: { texts: ['content'] },
  reasoning: { texts: ['content'] },
  tool_call: { texts: ['name'] },
  tool_call_response: { texts: [], present: 'response' },
  server_tool_call: { texts: ['name'], details: 'server_tool_call' },
  server_tool_call_response: { texts: [], details: 'server_tool_call_response' },
  blob: { texts: ['modality', 'content'] },
  file: { texts: ['modality', 'file_id'] },
  uri: { texts: ['modality', 'uri'] },
};

/** Optional members of named parts: texts or null. */
const OPTIONAL = ['id', 'mime_type'];

function problemsOfPart(part: unknown, at: string): string[] {
  if (!isObject(part)) return [`${at}: no object`];
  const { type } = part;
  if (typeof type !== 'string') return [`${at}.type: no text`];
  const rule = Object.hasOwn(PARTS, type) ? PARTS[type] : undefined;
  if (rule === undefined) return [];
  const { texts, present, details } = rule;
  const inner = details === undefined ? undefined : part[details];
  return [
    ...texts.filter((key) => typeof part[key] !== 'string').map((key) => `${at}.${key}: no text`),
    ...OPTIONAL.filter((key) => Object.hasOwn(part, key) && part[key] !== null && typeof part[key] !== 'string').map(
      (key) => `${at}.${key}: neither text nor null`,
    ),
    ...(present !== undefined && !Object.hasOwn(part, present) ? [`${at}.${present}: missing`] : []),
    ...(details !== undefined && !(isObject(inner) && typeof inner['type'] === 'string')
      ? [`${at}.${details}: no object with a type`]
      : []),
  ];
}

function problemsOfList(value: unknown, name: string, check: (item: Json, at: string) => string[]): string[] {
  if (!Array.isArray(value)) return [`${name}: no list`];
  return value.flatMap((item: unknown, index) => {
    const at = `${name}[${index}]`;
    return isObject(item) ? check(item, at) : [`${at}: no object`];
  });
}

/** What in a list of messages breaks gen-ai-input-messages.json or gen-ai-output-messages.json. */
export function problemsOfMessages(value: unknown, direction: 'input' | 'output'): string[] {
  return problemsOfList(value, direction, (message, at) => [
    ...(typeof message['role'] === 'string' ? [] : [`${at}.role: no text`]),
    ...(Array.isArray(message['parts'])
      ? message['parts'].flatMap((part, index) => problemsOfPart(part, `${at}.parts[${index}]`))
      : [`${at}.parts: no list`]),
    ...(!Object.hasOwn(message, 'name') || typeof message['name'] === 'string' ? [] : [`${at}.name: no text`]),
    ...(direction === 'input' || typeof message['finish_reason'] === 'string' ? [] : [`${at}.finish_reason: no text`]),
  ]);
}

/** What in a list of parts breaks gen-ai-system-instructions.json. */
export function problemsOfInstructions(value: unknown): string[] {
  return Array.isArray(value)
    ? value.flatMap((part, index) => problemsOfPart(part, `system[${index}]`))
    : ['system: no list'];
}

/** What in a list of tools breaks gen-ai-tool-definitions.json. */
export function problemsOfTools(value: unknown): string[] {
  return problemsOfList(value, 'tools', (tool, at) => [
    ...['type', 'name'].filter((key) => typeof tool[key] !== 'string').map((key) => `${at}.${key}: no text`),
    ...(!Object.hasOwn(tool, 'description') || typeof tool['description'] === 'string'
      ? []
      : [`${at}.description: no text`]),
  ]);
}

/**
 * What in a list of documents breaks gen-ai-retrieval-documents.json, which also requires a score: a document that
 * came without one keeps none.
 */
export function problemsOfDocuments(value: unknown): string[] {
  return problemsOfList(value, 'documents', (document, at) => [
    ...(typeof document['id'] === 'string' ? [] : [`${at}.id: no text`]),
    ...(!Object.hasOwn(document, 'score') || typeof document['score'] === 'number' ? [] : [`${at}.score: no number`]),
  ]);
}

const parsed = (value: unknown): unknown => (typeof value === 'string' ? JSON.parse(value) : value);

/** What breaks a schema in the content attributes of a span, each of them a JSON text. */
export function problemsOfContent(attributes: Json): string[] {
  const check = (key: string, problems: (value: unknown) => string[]): string[] =>
    attributes[key] === undefined ? [] : problems(parsed(attributes[key]));
  return [
    ...check('gen_ai.input.messages', (value) => problemsOfMessages(value, 'input')),
    ...check('gen_ai.output.messages', (value) => problemsOfMessages(value, 'output')),
    ...check('gen_ai.system_instructions', problemsOfInstructions),
    ...check('gen_ai.tool.definitions', problemsOfTools),
    ...check('gen_ai.retrieval.documents', problemsOfDocuments),
  ];
}
