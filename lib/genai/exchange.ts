import { types } from 'node:util';
import type { ChunkMerger, ContentBudget, Endpoint, Json } from './endpoint.js';
import { joinMessages } from './join-messages.js';
import type { Answerer } from './recognise.js';
import { findChunk, findRequest, findResponse } from './recognise.js';
import type { CallMessages, CallRecord, RequestFacts, ResponseFacts, Usage } from './record.js';
import { WireReader } from './wire.js';

/** What is known of a call beforehand. */
export interface ExchangeOptions extends Answerer {
  /** Characters of streamed content that are kept. */
  readonly maxChars: number;
}

type Copy = (value: unknown) => unknown;

const NOTHING: CallMessages = Object.freeze({});

interface Kept {
  readonly endpoint: Endpoint;
  readonly copy: unknown;
}

// The endpoint of the answer knows the request better, where it takes requests of this shape.
function readerOf(sent: Kept, received: Kept | undefined): Endpoint {
  return received !== undefined && received.endpoint.matchRequest(sent.copy as Json) > 0
    ? received.endpoint
    : sent.endpoint;
}

/**
 * One request and its answer, as they pass: whose they are, and what they say. Facts are read at once from the live
 * objects; content is read from copies, and only when somebody asks for it.
 *
 * States: nothing known → request found → answer found, or chunks merging → finished.
 */
export class Exchange {
  readonly #options: ExchangeOptions;
  #endpoint: Endpoint | undefined;
  // Many providers take a request of the same shape; only an answer tells them apart.
  #isSure = false;
  #provider: string | undefined;
  #operation: CallRecord['operation'];
  #request: RequestFacts | undefined;
  #response: ResponseFacts | undefined;
  #usage: Usage | undefined;
  #costUsd: number | undefined;
  #sent: Kept | undefined;
  #received: Kept | undefined;
  #merger: ChunkMerger | undefined;
  #wire: WireReader | undefined;
  readonly #budget: ContentBudget;
  // Asked when the call begins: a stream that was read in part without anybody who wants it has no content to show.
  #isContentKept = true;

  constructor(options: ExchangeOptions) {
    this.#options = options;
    this.#budget = { remaining: options.maxChars, isCut: false };
  }

  /** True once an answer, or a part of one, was recognised. */
  get isAnswered(): boolean {
    return this.#response !== undefined || this.#merger !== undefined;
  }

  /** True when the answer came in chunks. */
  get isStreamed(): boolean {
    return this.#merger !== undefined;
  }

  /** True when streamed content was left out for its size. */
  get isCut(): boolean {
    return this.#isContentKept && this.#budget.isCut;
  }

  /** Characters of streamed content that are kept. */
  get streamedChars(): number {
    return this.#isContentKept ? this.#options.maxChars - this.#budget.remaining : 0;
  }

  /** Looks for the request among the arguments. */
  ask(args: ArrayLike<unknown>): void {
    const found = findRequest(args, this.#options.endpoints);
    if (found === undefined) return;
    const reading = found.endpoint.readRequest(found.value);
    this.#endpoint = found.endpoint;
    this.#isSure = found.likeness > 1;
    this.#request = reading.request;
    this.#provider = reading.provider;
    this.#operation = reading.operation;
    this.#sent = { endpoint: found.endpoint, copy: found.value };
  }

  /** Copies the request that was found, before the call can change it; without `copy` no content is kept of the call. */
  keepRequest(copy: Copy | undefined): void {
    if (copy === undefined) {
      this.#isContentKept = false;
      this.#budget.remaining = 0;
    }
    if (this.#sent !== undefined) {
      this.#sent = copy === undefined ? undefined : { endpoint: this.#sent.endpoint, copy: copy(this.#sent.copy) };
    }
  }

  /** Looks at what came back; tells whether it is an answer. */
  answer(value: unknown, copy: Copy | undefined): boolean {
    const found = findResponse(value, this.#options.endpoints, this.#endpoint);
    if (found === undefined) return false;
    this.#take(found.endpoint, found.value);
    if (copy !== undefined) this.#received = { endpoint: found.endpoint, copy: copy(found.value) };
    return true;
  }

  /** Takes one item of a stream: a chunk of the client's, or bytes of the body. Tells whether it is one of an answer. */
  chunk(item: unknown, copy: Copy | undefined): boolean {
    if (types.isUint8Array(item) || (typeof item === 'string' && this.#merger === undefined)) {
      this.#wire ??= new WireReader();
      let isKnown = false;
      for (const value of this.#wire.add(item)) isKnown = this.#chunk(value, copy) || isKnown;
      return isKnown;
    }
    return this.#chunk(item, copy);
  }

  #chunk(item: unknown, copy: Copy | undefined): boolean {
    if (this.#merger === undefined) {
      const { endpoints } = this.#options;
      const found = findChunk(item, endpoints, this.#endpoint);
      // The one item of a body may be the whole answer.
      const whole = findResponse(item, endpoints, this.#endpoint);
      if (found === undefined || (whole?.likeness ?? 0) > found.likeness) return this.answer(item, copy);
      this.#endpoint = found.endpoint;
      this.#merger = found.endpoint.createMerger?.();
    }
    if (typeof item !== 'object' || item === null) return false;
    this.#merger?.add(item as Json, this.#budget);
    return this.#merger !== undefined;
  }

  /** Reads what the chunks came to so far; for facts that are wanted before the end. */
  peek(): void {
    if (this.#merger !== undefined && this.#endpoint !== undefined) this.#take(this.#endpoint, this.#merger.response());
  }

  /** Reads what the chunks came to. */
  finish(copy: Copy | undefined): void {
    for (const value of this.#wire?.end() ?? []) this.#chunk(value, copy);
    if (this.#merger === undefined || this.#endpoint === undefined) return;
    const whole = this.#merger.response();
    this.#take(this.#endpoint, whole);
    // The merged answer is our own, so that no copy is needed.
    if (copy !== undefined && this.#isContentKept) this.#received = { endpoint: this.#endpoint, copy: whole };
  }

  #take(endpoint: Endpoint, value: Json): void {
    const reading = endpoint.readResponse(value);
    this.#endpoint = endpoint;
    this.#response = reading.response;
    this.#usage = reading.usage;
    this.#costUsd = reading.costUsd;
    this.#provider = reading.provider ?? this.#provider;
    this.#isSure = true;
  }

  /** The facts so far; at the end the likeliest provider of the request is named, where no answer told. */
  facts(isOver: boolean): CallRecord {
    const endpoint = this.#endpoint;
    const likely = this.#isSure || isOver ? endpoint?.provider : undefined;
    const provider = this.#options.provider ?? this.#provider ?? likely;
    const operation = this.#operation ?? endpoint?.operation;
    const facts: { -readonly [K in keyof CallRecord]: CallRecord[K] } = {};
    if (operation !== undefined) facts.operation = operation;
    if (provider !== undefined && provider !== '') facts.provider = provider;
    if (endpoint?.apiType !== undefined) facts.apiType = endpoint.apiType;
    if (this.#request !== undefined) facts.request = this.#request;
    if (this.#response !== undefined) facts.response = this.#response;
    if (this.#usage !== undefined) facts.usage = this.#usage;
    if (this.#costUsd !== undefined) facts.cost = { usd: this.#costUsd, source: 'provider' };
    return facts;
  }

  /** A function that reads the content out of the copies; it holds nothing else of the exchange. */
  contentReader(): () => CallMessages {
    const sent = this.#sent;
    const received = this.#received;
    return () => {
      const asked = sent === undefined ? NOTHING : readerOf(sent, received).readInput(sent.copy as Json);
      const answered = received === undefined ? NOTHING : received.endpoint.readOutput(received.copy as Json);
      return joinMessages(asked, answered);
    };
  }
}
