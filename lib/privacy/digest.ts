import { createHash, createHmac, randomBytes } from 'node:crypto';
import { types } from 'node:util';
import { canonicalJson } from './canonical.js';

/** How a digest is made: keyed, or for anyone to compare with the digest of a guess. */
export type DigestAlgorithm = 'hmac-sha256' | 'sha256';

/** What tells that two contents are equal, and how large one is, without showing it. */
export interface ContentDigest {
  readonly algorithm: DigestAlgorithm;
  /** None where there is no key. */
  readonly keyId?: string;
  /** Lower-case hexadecimal. */
  readonly digest: string;
  /** Length of what was hashed: UTF-8 of a text, canonical JSON of anything else. */
  readonly bytes: number;
  readonly mediaType: 'text/plain' | 'application/json';
  /** Length of an array, or of the array `messages` of an object. */
  readonly items?: number;
}

/** Where the digests of a digester get their key. */
export interface DigesterOptions {
  /** A text (its UTF-8) or bytes. Without one, or when it is empty, a random key of this process is taken. */
  readonly key?: string | Uint8Array;
  /** Default `hmac-sha256`; `sha256` takes no key, so that who can guess a content can tell its digest. */
  readonly algorithm?: DigestAlgorithm;
}

/** Makes digests of contents, all with one key. */
export interface Digester {
  /** The first 8 hexadecimal digits of SHA-256 over a label and the key; empty without a key. */
  readonly keyId: string;
  /** Whether the key ends with this process, so that digests of two processes differ. */
  readonly isRandom: boolean;
  /** The digest of a content, which is made once for each object: an object must not change after. */
  digest(content: unknown): ContentDigest;
}

const KEY_LABEL = 'spanwright content digest key\0';

let processKey: Uint8Array | undefined;

function takeKey(given: string | Uint8Array | undefined): Uint8Array | undefined {
  if (given === undefined || given.length === 0) return undefined;
  // A copy: the bytes are the caller's, who may clear them.
  return typeof given === 'string' ? Buffer.from(given, 'utf8') : Uint8Array.from(given);
}

function idOf(key: Uint8Array): string {
  return createHash('sha256').update(KEY_LABEL).update(key).digest('hex').slice(0, 8);
}

function lengthOf(value: unknown): number | undefined {
  return !types.isProxy(value) && Array.isArray(value) ? value.length : undefined;
}

function itemsOf(content: unknown): number | undefined {
  if (typeof content !== 'object' || content === null || types.isProxy(content)) return undefined;
  return lengthOf(content) ?? lengthOf(Object.getOwnPropertyDescriptor(content, 'messages')?.value);
}

/** Makes a digester: HMAC-SHA-256 over the canonical bytes of a content (a bare text: over its UTF-8), or plain SHA-256. */
export function createDigester(options: DigesterOptions = {}): Digester {
  const { algorithm = 'hmac-sha256' } = options;
  const given = takeKey(options.key);
  const key = algorithm === 'sha256' ? undefined : (given ?? (processKey ??= randomBytes(32)));
  const keyId = key === undefined ? '' : idOf(key);
  const known = new WeakMap<object, ContentDigest>();

  function compute(content: unknown): ContentDigest {
    const isText = typeof content === 'string';
    const text = isText ? content : canonicalJson(content);
    const hash = key === undefined ? createHash('sha256') : createHmac('sha256', key);
    const items = itemsOf(content);
    return Object.freeze({
      algorithm,
      ...(key === undefined ? {} : { keyId }),
      digest: hash.update(text, 'utf8').digest('hex'),
      bytes: Buffer.byteLength(text, 'utf8'),
      mediaType: isText ? 'text/plain' : 'application/json',
      ...(items === undefined ? {} : { items }),
    });
  }

  function digest(content: unknown): ContentDigest {
    if (typeof content !== 'object' || content === null) return compute(content);
    const made = known.get(content) ?? compute(content);
    known.set(content, made);
    return made;
  }

  return { keyId, isRandom: key !== undefined && given === undefined, digest };
}
