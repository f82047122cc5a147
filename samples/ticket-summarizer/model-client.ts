import type { ModelProvider } from './command-line.js';
import type { ChatModel } from './models/chat-model.js';
import type { Prompt } from './prompt.js';

/** Asks the model of the run and counts the calls; tokens, cost and latency are in the trace. */
export class ModelClient implements AsyncDisposable {
  readonly provider: ModelProvider;
  readonly #model: ChatModel;
  #callCount = 0;

  constructor(provider: ModelProvider, model: ChatModel) {
    this.provider = provider;
    this.#model = model;
  }

  get callCount(): number {
    return this.#callCount;
  }

  ask(prompt: Prompt, { stream = false } = {}): Promise<string> {
    this.#callCount += 1;
    return this.#model.ask(prompt, stream);
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.#model[Symbol.asyncDispose]();
  }
}
