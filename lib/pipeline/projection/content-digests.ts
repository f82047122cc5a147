import type { Attributes, SpanContext } from '@opentelemetry/api';
import { GEN_AI } from '../../genai/vocabularies/gen-ai-names.js';
import type { ContentDigest, Digester } from '../../privacy/digest.js';
import type { Content } from './content-fields.js';
import { receivedIn, sentIn } from './content-fields.js';

function itemsIn(content: unknown): number | undefined {
  const { input, texts } = (content ?? {}) as { input?: unknown; texts?: unknown };
  return [content, input, texts].find(Array.isArray)?.length;
}

function attributesOf(side: 'request' | 'response', content: unknown, digest: ContentDigest): Attributes {
  const prefix = `spanwright.${side}`;
  const items = itemsIn(content);
  return {
    [side === 'request' ? GEN_AI.requestDigest : GEN_AI.responseDigest]: digest.digest,
    [`${prefix}.digest_algorithm`]: digest.algorithm,
    ...(digest.keyId === undefined ? {} : { [`${prefix}.digest_key_id`]: digest.keyId }),
    [`${prefix}.bytes`]: digest.bytes,
    [`${prefix}.media_type`]: digest.mediaType,
    ...(items === undefined ? {} : { [`${prefix}.items`]: items }),
  };
}

// Of an object of a class the copy is its name alone, and a digest of that would say that all of them are equal.
function namedNothing(content: unknown): unknown {
  const only = Array.isArray(content) && content.length === 1 ? (content[0] as unknown) : content;
  return typeof only === 'string' && /^\[[\w$]+\]$/.test(only) ? undefined : content;
}

// By the digester, so that a content is digested once for all destinations of a configuration.
const known = new WeakMap<Digester, WeakMap<SpanContext, Attributes>>();

/** The digests of what a call sent and got, as attributes; made once for each span. */
export function digestAttributes(key: SpanContext, content: Content, digester: Digester): Attributes {
  let made = known.get(digester);
  if (made === undefined) known.set(digester, (made = new WeakMap()));
  const before = made.get(key);
  if (before !== undefined) return before;
  const sent = namedNothing(sentIn(content));
  const received = namedNothing(receivedIn(content));
  const attributes: Attributes = {
    ...(sent === undefined ? {} : attributesOf('request', sent, digester.digest(sent))),
    ...(received === undefined ? {} : attributesOf('response', received, digester.digest(received))),
  };
  made.set(key, attributes);
  return attributes;
}
