import type { OpenAI } from 'openai';
import { AuditedCall, LlmCall } from 'spanwright';

import { answerTask, taskOf } from '../offline/answer-rules.js';
import type { Prompt } from '../prompt.js';
import { ChatCompletionsModel, createOpenAi } from './chat-completions-model.js';
import type { StreamRequest, WholeRequest } from './chat-completions-model.js';
import type { ChatModel, ModelSettings } from './chat-model.js';
import { readRecordedAnswers } from './recorded-answers.js';

/** Answers that OpenAI once gave, through its real client. */
class ReplayModel extends ChatCompletionsModel {
  /** The recorded texts know nothing of tickets: they stand in the free text, and fixed rules answer the rest. */
  override async ask(prompt: Prompt, stream: boolean): Promise<string> {
    const text = await super.ask(prompt, stream);
    const answer = answerTask(taskOf(prompt.system), prompt.user) ?? {};
    return JSON.stringify({ ...answer, ...('summary' in answer ? { summary: text } : { reasoning: text }) });
  }

  @LlmCall()
  @AuditedCall({ callType: 'llm' })
  override chat(request: WholeRequest): Promise<OpenAI.ChatCompletion> {
    return super.chat(request);
  }

  @LlmCall()
  @AuditedCall({ callType: 'llm' })
  override streamChat(request: StreamRequest): AsyncGenerator<OpenAI.ChatCompletionChunk> {
    return super.streamChat(request);
  }
}

export async function connectReplay({ model, exchanges }: ModelSettings): Promise<ChatModel> {
  const answers = await readRecordedAnswers(exchanges);
  const openai = createOpenAi({
    apiKey: 'replay',
    baseURL: 'http://replay.invalid/v1',
    fetch: async (_url, init) => answers.next(isStreamed(init?.body)),
  });
  return new ReplayModel(openai, model ?? 'gpt-4o-mini');
}

function isStreamed(body: unknown): boolean {
  return typeof body === 'string' && (JSON.parse(body) as { stream?: unknown }).stream === true;
}
