import type { OpenAI } from 'openai';
import { LlmCall, Traced, withContext } from 'spanwright';

/** Answers customers, who write what they should not. */
export class SupportDesk {
  readonly #openai: OpenAI;

  constructor(openai: OpenAI) {
    this.#openai = openai;
  }

  async answer(question: string): Promise<string> {
    const context = { userId: 'jo.miller@example.com', metadata: { plan: 'gold', apiKey: 'k-123456789' } };
    return withContext(context, async () => {
      const { choices } = await this.ask({
        model: 'gpt-4o-mini',
        messages: [
          { role: 'system', content: 'Answer in one sentence.' },
          { role: 'user', content: question },
        ],
      });
      return choices[0]?.message.content ?? '';
    });
  }

  @LlmCall()
  ask(request: OpenAI.ChatCompletionCreateParamsNonStreaming) {
    return this.#openai.chat.completions.create(request);
  }

  /** Fails as clients do: with what they were given in their message. */
  @Traced
  async fail(): Promise<never> {
    throw new Error('GET https://jo:pa55word@crm.example.com/customers?email=jo.miller@example.com answered 403');
  }
}
