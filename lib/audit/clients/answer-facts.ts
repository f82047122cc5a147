import { guarded } from '../../core/guard.js';
import type { CallFacts, DescribeCall } from '../current-ledger.js';
import { knownAuditState } from '../current-ledger.js';
import type { AnswerReader } from './gathered-answer.js';

const MAX_BYTES = 4_194_304;

/** Keeps the beginning of an answer, to read at the end who gave it and what it cost. */
class KeptAnswer implements AnswerReader {
  readonly #describe: DescribeCall;
  readonly #url: string;
  readonly #request: string | undefined;
  #chunks: Uint8Array[] = [];
  #bytes = 0;

  constructor(describe: DescribeCall, url: string, request: string | undefined) {
    this.#describe = describe;
    this.#url = url;
    this.#request = request;
  }

  take(bytes: Uint8Array): void {
    if (this.#bytes >= MAX_BYTES) return;
    // Copied, because whoever reads a stream takes its buffers away.
    const kept = Uint8Array.from(bytes.subarray(0, MAX_BYTES - this.#bytes));
    this.#chunks.push(kept);
    this.#bytes += kept.byteLength;
  }

  facts(): CallFacts | undefined {
    const text = new TextDecoder().decode(Buffer.concat(this.#chunks));
    this.#chunks = [];
    return this.#describe(this.#url, this.#request, text);
  }
}

/** Reads what a call to a model says, where somebody knows models. */
export function readFacts(
  callType: string,
  url: string,
  request: string | undefined,
): { readonly asked: CallFacts | undefined; readonly reader: AnswerReader | undefined } {
  const describe = callType === 'llm' ? knownAuditState()?.describe : undefined;
  if (describe === undefined) return { asked: undefined, reader: undefined };
  return {
    asked: guarded('ENGINE', () => describe(url, request, undefined)),
    reader: new KeptAnswer(describe, url, request),
  };
}
