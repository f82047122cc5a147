import { Readable } from 'node:stream';
import { patchMethod } from '../../calls/lifecycle/observation.js';
import { hasMethod } from '../../calls/lifecycle/shape.js';
import { gateNodeStream, isNodeStream } from './gated-node-stream.js';
import { createGatedStream, Gate } from './gated-stream.js';
import type { GatheredAnswer } from './gathered-answer.js';

/** What `fetch` resolves to, of any implementation. */
export interface FetchResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  readonly bodyUsed: boolean;
  readonly redirected?: boolean;
  clone(): FetchResponse;
}

function hasHeaders(value: object): boolean {
  const { headers } = value as { readonly headers?: Partial<Headers> | null };
  // Those of node-fetch are a proxy.
  return typeof headers?.get === 'function' && typeof headers[Symbol.iterator] === 'function';
}

/** Tells a fetch `Response` by its methods and headers; there are several classes of them, and stand-ins with less. */
export function isFetchResponse(value: unknown): value is FetchResponse {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['text', 'json', 'arrayBuffer', 'clone'].every((name) => hasMethod(value, name)) &&
    hasHeaders(value)
  );
}

/** Tells a Web stream by its methods. */
export function isWebStream(value: unknown): value is ReadableStream {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['getReader', 'tee', 'cancel'].every((name) => hasMethod(value, name))
  );
}

// Node answers for both kinds of streams; its types know one.
function isDisturbed(stream: ReadableStream): boolean {
  return Readable.isDisturbed(stream as unknown as Readable);
}

type Finish = (bytes: Uint8Array<ArrayBuffer>, response: FetchResponse) => unknown;

// What needs the content type is left to a response of the same class.
function again(bytes: Uint8Array<ArrayBuffer>, response: FetchResponse): Response {
  const type = response.headers.get('content-type');
  const { constructor } = response as { constructor: unknown };
  const Same = typeof constructor === 'function' ? (constructor as typeof Response) : Response;
  return new Same(bytes, type === null ? {} : { headers: { 'content-type': type } });
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const READERS: Readonly<Record<string, Finish>> = {
  text: textOf,
  json: (bytes) => JSON.parse(textOf(bytes)) as unknown,
  arrayBuffer: (bytes) => bytes.buffer,
  bytes: (bytes) => bytes,
  blob: (bytes, response) => again(bytes, response).blob(),
  formData: (bytes, response) => again(bytes, response).formData(),
};

async function drain(stream: ReadableStream): Promise<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    length += value.byteLength;
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

function getterOf(target: object, key: string): (() => unknown) | undefined {
  for (let holder: object | null = target; holder !== null; holder = Object.getPrototypeOf(holder) as object | null) {
    const found = Object.getOwnPropertyDescriptor(holder, key);
    if (found !== undefined) return found.get?.bind(target);
  }
  return undefined;
}

function defineGetter(target: object, key: string, get: () => unknown): void {
  Object.defineProperty(target, key, { get, enumerable: false, configurable: true });
}

function gateWebBody(response: FetchResponse, source: ReadableStream, answer: GatheredAnswer, media: string): void {
  const gate = new Gate(source, answer, media);
  const readBody = getterOf(response, 'body') ?? (() => source);
  const readUsed = getterOf(response, 'bodyUsed') ?? (() => false);
  gate.watch(response);
  let stream: ReadableStream | undefined;
  const body = (): ReadableStream => (stream ??= createGatedStream(gate, response));
  const isTaken = (): boolean => stream !== undefined && (stream.locked || isDisturbed(stream));

  defineGetter(response, 'body', body);
  defineGetter(response, 'bodyUsed', () => readUsed() === true || (stream !== undefined && isDisturbed(stream)));
  for (const [name, finish] of Object.entries(READERS)) {
    patchMethod(
      response,
      name,
      (read) =>
        function reading(...args) {
          // The response itself says why it cannot be read: with its source locked it knows.
          if (isTaken() && !gate.source.locked) gate.lock();
          if (gate.source.locked || isDisturbed(gate.source)) {
            return Reflect.apply(read, response, args);
          }
          return drain(body()).then((bytes) => finish(bytes, response));
        },
    );
  }
  patchMethod(
    response,
    'clone',
    (clone) =>
      function cloning(...args) {
        if (isTaken() && !gate.source.locked) gate.lock();
        const copy = Reflect.apply(clone, response, args) as FetchResponse;
        // The source was split: each of the two has a half of it now.
        gate.source = readBody() as ReadableStream;
        gateWebBody(copy, copy.body as ReadableStream, answer, media);
        return copy;
      },
  );
}

/** Puts the gate into a response, which stays the same object. `complete`: there is nothing to wait for. */
export function gateResponse(response: FetchResponse, answer: GatheredAnswer): 'gated' | 'complete' {
  const { body } = response;
  const media = response.headers.get('content-type') ?? 'application/octet-stream';
  if (isNodeStream(body)) return gateNodeStream(body, answer, media) === 'gated' ? 'gated' : 'complete';
  if (!isWebStream(body) || body.locked || !Object.isExtensible(response)) return 'complete';
  gateWebBody(response, body, answer, media);
  return 'gated';
}
