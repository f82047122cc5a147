import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { InputError, describeError } from '../sample-error.js';

/** One recorded request and its answer. */
interface Exchange {
  readonly request?: { path?: string; body?: { stream_options?: { include_usage?: boolean } } };
  readonly response?: { status?: number; contentType?: string; json?: Completion; text?: string };
}

interface Completion {
  readonly choices?: ReadonlyArray<{ message?: { content?: unknown } }>;
}

/** Answers that were recorded, one after the other and from the start again. */
export class RecordedAnswers {
  readonly #whole: readonly Exchange[];
  readonly #streamed: readonly Exchange[];
  #taken = 0;

  constructor(exchanges: readonly Exchange[]) {
    const chats = exchanges.filter(
      ({ request, response }) => request?.path === '/v1/chat/completions' && response?.status === 200,
    );
    this.#whole = chats.filter(({ response }) => isText(response?.json?.choices?.[0]?.message?.content));
    // A stream tells its tokens only to who asked for them, as this sample does.
    this.#streamed = chats.filter(
      ({ request, response }) => isText(response?.text) && request?.body?.stream_options?.include_usage === true,
    );
  }

  get isComplete(): boolean {
    return this.#whole.length > 0 && this.#streamed.length > 0;
  }

  next(isStreamed: boolean): Response {
    const answers = isStreamed ? this.#streamed : this.#whole;
    const answer = answers[this.#taken % answers.length]?.response;
    this.#taken += 1;
    return new Response(answer?.text ?? JSON.stringify(answer?.json), {
      headers: { 'content-type': answer?.contentType ?? 'application/json' },
    });
  }
}

/** Reads OpenAI's chat answers in a folder of exchanges; an `InputError` says what it lacks. */
export async function readRecordedAnswers(folder: string): Promise<RecordedAnswers> {
  const answers = new RecordedAnswers(await readExchanges(join(folder, 'openai')));
  if (answers.isComplete) return answers;
  throw new InputError(`--exchanges ${folder}: expected recorded chat answers of OpenAI, whole ones and streamed ones`);
}

async function readExchanges(folder: string): Promise<Exchange[]> {
  try {
    const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
    return await Promise.all(
      files.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as Exchange),
    );
  } catch (error) {
    throw new InputError(`--exchanges: cannot read the recorded answers: ${describeError(error)}`, { cause: error });
  }
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
