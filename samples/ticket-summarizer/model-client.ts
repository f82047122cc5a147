import { APIError } from 'openai';
import type { OpenAI } from 'openai';
import { Traced } from 'spanwright';

import type { Prompt } from './prompt.js';
import { ModelAnswerError, ModelServerError, describeError } from './sample-error.js';

interface ChatRequest {
  readonly model: string;
  readonly prompt: Prompt;
  readonly stream: boolean;
}

interface ChatAnswer {
  content: string;
  id: string;
  model: string;
  finishReason: string;
  inputTokens: number;
  outputTokens: number;
}

/** Asks a chat model through the `openai` client and adds up what the calls used. */
export class ModelClient {
  readonly #openai: OpenAI;
  readonly #model: string;
  readonly totals = { calls: 0, inputTokens: 0, outputTokens: 0 };

  constructor(openai: OpenAI, model: string) {
    this.#openai = openai;
    this.#model = model;
  }

  async ask(prompt: Prompt, { stream = false } = {}): Promise<string> {
    this.totals.calls += 1;
    const answer = await this.chat({ model: this.#model, prompt, stream });
    this.totals.inputTokens += answer.inputTokens;
    this.totals.outputTokens += answer.outputTokens;
    return answer.content;
  }

  @Traced({
    name: (request: ChatRequest) => `chat ${request.model}`,
    kind: 'client',
    attributes: (request: ChatRequest) => ({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': request.model,
      'gen_ai.request.stream': request.stream,
    }),
    onResult: (answer: ChatAnswer) => ({
      'gen_ai.response.id': answer.id,
      'gen_ai.response.model': answer.model,
      'gen_ai.response.finish_reasons': [answer.finishReason],
      'gen_ai.usage.input_tokens': answer.inputTokens,
      'gen_ai.usage.output_tokens': answer.outputTokens,
    }),
  })
  async chat(request: ChatRequest): Promise<ChatAnswer> {
    try {
      return await (request.stream ? this.#readStream(request) : this.#readWhole(request));
    } catch (error) {
      throw explainFailure(error);
    }
  }

  async #readWhole(request: ChatRequest): Promise<ChatAnswer> {
    const completion = await this.#openai.chat.completions.create(toBody(request));
    // A server that is no chat API may answer 200 with anything.
    const choice = Array.isArray(completion?.choices) ? completion.choices[0] : undefined;
    if (choice?.message?.content == null) throw new ModelAnswerError('the model server answered without a message');
    return {
      content: choice.message.content,
      id: completion.id,
      model: completion.model,
      finishReason: choice.finish_reason,
      inputTokens: completion.usage?.prompt_tokens ?? 0,
      outputTokens: completion.usage?.completion_tokens ?? 0,
    };
  }

  async #readStream(request: ChatRequest): Promise<ChatAnswer> {
    const chunks = await this.#openai.chat.completions.create({
      ...toBody(request),
      stream: true,
      stream_options: { include_usage: true },
    });
    const answer: ChatAnswer = { content: '', id: '', model: '', finishReason: '', inputTokens: 0, outputTokens: 0 };
    for await (const chunk of chunks) {
      const choice = chunk.choices?.[0];
      answer.id ||= chunk.id;
      answer.model ||= chunk.model;
      answer.content += choice?.delta?.content ?? '';
      answer.finishReason ||= choice?.finish_reason ?? '';
      answer.inputTokens = chunk.usage?.prompt_tokens ?? answer.inputTokens;
      answer.outputTokens = chunk.usage?.completion_tokens ?? answer.outputTokens;
    }
    if (answer.finishReason === '') throw new ModelAnswerError("the model's stream ended before its answer was whole");
    return answer;
  }
}

/** Says in words what the client's errors leave to their class or to `JSON.parse`. */
function explainFailure(error: unknown): unknown {
  if (error instanceof SyntaxError) return new ModelAnswerError('the model server answered no JSON', { cause: error });
  if (!(error instanceof APIError)) return error;
  const status = error.status as number | undefined;
  const what = status === undefined ? 'the model call failed:' : 'the model server answered';
  return new ModelServerError(`${what} ${describeError(error)}`, status, { cause: error });
}

function toBody({ model, prompt }: ChatRequest) {
  return {
    model,
    response_format: { type: 'json_object' as const },
    messages: [
      { role: 'system' as const, content: prompt.system },
      { role: 'user' as const, content: prompt.user },
    ],
  };
}
