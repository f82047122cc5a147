/** The user can mend this: a wrong flag, an unreadable file, a folder that cannot be written. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** One ticket cannot be handled: its row, its text or the API's answer is unusable. */
export class TicketError extends Error {
  override readonly name = 'TicketError';
}

/** The model answered something else than the JSON it was asked for. */
export class ModelAnswerError extends Error {
  override readonly name = 'ModelAnswerError';
}

/** The model server refused, failed, or could not be reached. */
export class ModelServerError extends Error {
  override readonly name = 'ModelServerError';

  constructor(
    message: string,
    /** Absent when no answer came. */
    readonly status: number | undefined,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** An HTTP answer other than 2xx. */
export class HttpError extends Error {
  override readonly name = 'HttpError';

  constructor(
    url: URL,
    readonly status: number,
    /** What the server asked for in `Retry-After`. */
    readonly retryAfterMs?: number,
  ) {
    super(`GET ${url.href} answered ${status}`);
  }
}

const MAX_CAUSES = 3;

/** Joins the messages of an error and its causes: `fetch failed: connect ECONNREFUSED 127.0.0.1:9`. */
export function describeError(error: unknown): string {
  const messages: string[] = [];
  let current = error;
  for (let depth = 0; current instanceof Error && depth <= MAX_CAUSES; depth += 1) {
    const message = current.message || current.name;
    if (!messages.some((shown) => shown.includes(message))) messages.push(message);
    current = current.cause;
  }
  return messages.length > 0 ? messages.join(': ') : String(error);
}
