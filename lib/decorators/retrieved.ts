// Under which names the clients of vector stores hand out what they found.
const LISTS = ['documents', 'results', 'matches', 'hits', 'data', 'nodes', 'points'];
const IDS = ['id', '_id', 'key', 'uuid'];
const SCORES = ['score', '_score', 'similarity', 'relevance_score', 'relevanceScore', 'distance'];
const TEXTS = ['content', 'text', 'pageContent', 'page_content', 'body'];
const MAX_DOCUMENTS = 1000;

function own(value: object, names: readonly string[]): unknown {
  for (const name of names) {
    const found = Object.getOwnPropertyDescriptor(value, name);
    if (found !== undefined && 'value' in found && found.value !== undefined) return found.value;
  }
  return undefined;
}

function toDocument(value: unknown, index: number): Record<string, unknown> {
  if (typeof value === 'string') return { id: String(index), content: value };
  if (typeof value !== 'object' || value === null) return { id: String(index) };
  const id = own(value, IDS);
  const score = own(value, SCORES);
  const content = own(value, TEXTS);
  const metadata = own(value, ['metadata', 'payload']);
  return {
    id: typeof id === 'string' || typeof id === 'number' ? String(id) : String(index),
    ...(typeof score === 'number' ? { score } : {}),
    ...(typeof content === 'string' ? { content } : {}),
    ...(metadata === undefined ? {} : { metadata }),
  };
}

/** Documents as the conventions have them, out of what a search gave; `undefined` where there is no list. No getter runs. */
export function toDocuments(found: unknown): Record<string, unknown>[] | undefined {
  const list = typeof found === 'object' && found !== null && !Array.isArray(found) ? own(found, LISTS) : found;
  return Array.isArray(list) ? list.slice(0, MAX_DOCUMENTS).map(toDocument) : undefined;
}
