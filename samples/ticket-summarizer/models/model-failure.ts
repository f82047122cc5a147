import { ModelAnswerError, ModelServerError, describeError } from '../sample-error.js';

/** Waits for a vendor's answer; what its client throws comes as an error of this sample. */
export async function readWhole<Answer>(call: () => PromiseLike<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    throw explainFailure(error);
  }
}

/** Passes a vendor's chunks on; fails when none of them says that it is the last. */
export async function* readStream<Chunk>(
  call: () => PromiseLike<AsyncIterable<Chunk>>,
  isLast: (chunk: Chunk) => boolean,
): AsyncGenerator<Chunk> {
  let isWhole = false;
  try {
    for await (const chunk of await call()) {
      isWhole ||= isLast(chunk);
      yield chunk;
    }
  } catch (error) {
    throw explainFailure(error);
  }
  if (!isWhole) throw new ModelAnswerError("the model's stream ended before its answer was whole");
}

/** Says in words what the clients' errors leave to their class or to `JSON.parse`. */
function explainFailure(error: unknown): Error {
  if (error instanceof ModelServerError) return error;
  if (error instanceof SyntaxError) return new ModelAnswerError('the model server answered no JSON', { cause: error });
  const status = readStatus(error);
  const message = describeError(error);
  if (status === undefined) {
    return new ModelServerError(`the model call failed: ${message}`, undefined, { cause: error });
  }
  const what = message.startsWith(String(status)) ? message : `${status} ${message}`;
  return new ModelServerError(`the model server answered ${what}`, status, { cause: error });
}

/** The HTTP status, under the names that the clients give it. */
function readStatus(error: unknown): number | undefined {
  const { status, status_code: snake } = error as { status?: unknown; status_code?: unknown };
  return [status, snake].find((value) => typeof value === 'number');
}
