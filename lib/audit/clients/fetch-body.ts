import { types } from 'node:util';
import { hasMethod } from '../../calls/lifecycle/shape.js';
import { blobAtHand } from './at-hand.js';
import { isNodeStream } from './gated-node-stream.js';
import { isWebStream } from './gated-response.js';
import { SentStream, watchSentIterable, watchSentNodeStream, watchSentStream } from './sent-stream.js';

/** A body as it is sent: what `fetch` gets, and what is kept of it. */
export interface FetchBody {
  /** A copy of what the caller could change meanwhile. */
  readonly given: unknown;
  /** Text or bytes, or what stands for them. */
  readonly kept: unknown;
  /** Where it is a stream. */
  readonly sent?: SentStream;
}

/** Bytes as text where they are one, because the rules for secrets read texts. */
export function textOrBytes(bytes: Uint8Array): string | Uint8Array {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return bytes;
  }
}

function bytesOf(body: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(body)
    ? Uint8Array.from(new Uint8Array(body.buffer, body.byteOffset, body.byteLength))
    : new Uint8Array(body.slice(0));
}

function isOf<T extends 'Blob' | 'FormData' | 'URLSearchParams'>(
  value: unknown,
  name: T,
): value is InstanceType<(typeof globalThis)[T]> {
  return Object.prototype.toString.call(value) === `[object ${name}]`;
}

const isBlob = (value: unknown): value is Blob =>
  isOf(value, 'Blob') || (value !== null && typeof value === 'object' && value instanceof Blob);

async function keptBlob(blob: Blob): Promise<unknown> {
  const bytes = await blobAtHand(blob);
  return bytes === undefined ? { type: 'blob', bytes: blob.size, media: blob.type } : textOrBytes(bytes);
}

async function keptForm(form: FormData): Promise<unknown> {
  const fields: unknown[] = [];
  for (const [name, value] of Array.from(form)) {
    if (typeof value === 'string') fields.push({ name, value });
    else fields.push({ name, file: value.name, media: value.type, value: await keptBlob(value) });
  }
  return fields;
}

// Of the form's own class, which is what the client knows it by.
function copyOfForm(form: FormData): FormData {
  const copy = new (form.constructor as typeof FormData)();
  for (const [name, value] of form) copy.append(name, value as string);
  return copy;
}

function streamed(body: unknown): FetchBody | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const sent = new SentStream();
  const stream = (given: unknown): FetchBody => ({ given, kept: { type: 'stream', hk: 'stream' }, sent });
  if (isWebStream(body)) return stream(body.locked ? body : watchSentStream(body, sent));
  if (isNodeStream(body)) {
    watchSentNodeStream(body, sent);
    return stream(body);
  }
  if (hasMethod(body, 'pipe')) return stream(body);
  if (hasMethod(body, Symbol.asyncIterator)) return stream(watchSentIterable(body as AsyncIterable<unknown>, sent));
  return undefined;
}

/** Reads a body. Copies what may change before it returns a promise, if it does. */
export function readBody(body: unknown): FetchBody | Promise<FetchBody> {
  if (typeof body === 'string') return { given: body, kept: body };
  if (isOf(body, 'URLSearchParams')) {
    return { given: new (body.constructor as typeof URLSearchParams)(body), kept: body.toString() };
  }
  if (types.isAnyArrayBuffer(body) || ArrayBuffer.isView(body)) {
    const given = bytesOf(body as ArrayBuffer | ArrayBufferView);
    return { given, kept: textOrBytes(given) };
  }
  if (isBlob(body)) return keptBlob(body).then((kept) => ({ given: body, kept }));
  if (isOf(body, 'FormData') && hasMethod(body, 'append')) {
    const given = copyOfForm(body);
    return keptForm(given).then((kept) => ({ given, kept }));
  }
  return streamed(body) ?? { given: body, kept: String(body) };
}
