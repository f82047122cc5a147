import type { DestinationOptions, FinishedSpan, TracingOptions } from 'spanwright';
import {
  AgentCall,
  configureTracing,
  EmbeddingCall,
  ExternalCall,
  LlmCall,
  RetrievalCall,
  ToolCall,
  Traced,
} from 'spanwright';

/** The vocabularies. */
export const VOCABULARIES = ['gen-ai', 'openinference', 'langfuse', 'llm'] as const;
/** The tiers, the strictest first. */
export const TIERS = ['none', 'digest', 'redacted', 'full'] as const;

/** Personal data: hidden at `redacted`. */
export const EMAIL = 'ada.lovelace@analytical.example.org';
/** A secret: hidden at every tier. */
export const TOKEN = 'ghp_x7Kq2LmN9pRs4TuVw6YzA1bCd3EfG5hJ8kQ0';
/** Words of content that are neither, by where they stand. */
export const WORDS = ['plover', 'heron', 'lapwing', 'curlew', 'dunlin', 'avocet', 'sanderling', 'turnstone'] as const;

const say = (word: string): string => `a ${word} of ${EMAIL} with ${TOKEN}`;

/** What is sent to the model, and what it answers. */
export const REQUEST = { model: 'gpt-4o', messages: [{ role: 'user', content: say('plover') }] };
const ANSWER = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'gpt-4o',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: say('heron') } }],
  usage: { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 },
};

/** One method for each decorator that captures content, or digests it. */
export class Desk {
  @LlmCall({ provider: 'openai' })
  ask(_request: object): Promise<typeof ANSWER> {
    return Promise.resolve(ANSWER);
  }

  @ToolCall('lookup')
  lookup(_query: object): object {
    return { found: say('curlew') };
  }

  @Traced({ args: true, result: true })
  work(_text: string, _rest: object): string {
    return say('avocet');
  }

  @RetrievalCall({ dataSource: 'birds' })
  find(_query: string): object[] {
    return [{ id: 'doc-1', score: 0.5, text: say('turnstone') }];
  }

  @AgentCall('guide')
  guide(_text: string): string {
    return say('heron');
  }

  @EmbeddingCall({ provider: 'openai', model: 'text-embedding-3-small' })
  embed(_request: object): Promise<object> {
    return Promise.resolve({ data: [{ embedding: [0.25, 0.5] }], model: 'text-embedding-3-small' });
  }

  @ExternalCall({ callType: 'http', provider: 'zendesk' })
  load(_ticket: object): Promise<object> {
    return Promise.resolve({ status: 200, body: say('heron') });
  }

  async everything(): Promise<void> {
    await this.ask(REQUEST);
    this.lookup({ bird: say('lapwing') });
    this.work(say('dunlin'), { n: 1 });
    this.find(say('sanderling'));
    this.guide(say('plover'));
    await this.embed({ model: 'text-embedding-3-small', input: [say('plover'), 'second'] });
    await this.load({ body: say('plover') });
  }
}

/** The spans of one destination, by the name of the span. */
export type Seen = Readonly<Record<string, FinishedSpan>>;

/** All calls once, into memory destinations; what each of them got. */
export async function seenBy(
  destinations: readonly Omit<Extract<DestinationOptions, { provider: 'memory' }>, 'provider'>[],
  options: Omit<TracingOptions, 'destinations'> = {},
  work: () => unknown = () => new Desk().everything(),
): Promise<Readonly<Record<string, Seen>>> {
  const tracing = configureTracing({
    ...options,
    destinations: destinations.map((one) => ({ ...one, provider: 'memory' as const })),
  });
  try {
    await work();
    return Object.fromEntries(
      destinations.map(({ name = 'memory' }) => [
        name,
        Object.fromEntries(tracing.finishedSpans(name).map((span) => [span.name, span])),
      ]),
    );
  } finally {
    await tracing.shutdown();
  }
}

/** All that stands in a span, as text. */
export function textOf(span: FinishedSpan | undefined): string {
  const { name, status, attributes, events, links, resource } = span as FinishedSpan;
  const contexts = links.map((link) => link.context.traceState?.serialize());
  return JSON.stringify([name, status, attributes, events, links, contexts, resource.attributes]);
}
