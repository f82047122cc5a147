import type { CallRecord } from '#lib/genai/record.js';

/** A recorded exchange, asked for again through a vendor's real client. */
export interface ClientCase {
  /** `openai-02` */
  readonly exchange: string;
  /** The npm package of the client, or `fetch`. */
  readonly client: string;
  /** The endpoint that should be recognised: `openai.chat_completions`. */
  readonly endpoint: string;
  /** The request as a user writes it: the one argument of the decorated method. */
  request(body: Record<string, unknown>): object;
  /** Calls the vendor's client at `url` with that request; a stream is returned unread. */
  call(url: string, request: object): unknown;
  /** What the exchange says, written down by hand from the recording. Errors: the status alone. */
  readonly expected: CallRecord | { readonly errorStatus: number };
}
