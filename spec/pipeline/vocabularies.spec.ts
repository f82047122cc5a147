import type { Attributes } from '@opentelemetry/api';
import { expect } from 'chai';
import OpenAI from 'openai';
import { configureTracing, LlmCall, withContext } from 'spanwright';
import type { FinishedSpan } from 'spanwright';
import { exchangeOf, replay } from '../genai/exchanges.js';
import type { Replay } from '../genai/exchanges.js';

const VOCABULARIES = ['gen-ai', 'openinference', 'langfuse', 'llm'] as const;
type Name = (typeof VOCABULARIES)[number];
type Views = Readonly<Record<Name, Attributes>>;

const ID = 'openai-03';
// What the recording asks and what it answers.
const QUESTION = "What's the weather like in Boston?";
const CALLED = 'Boston, MA';
const TOOL = 'Get the current weather';

const WHO = {
  sessionId: 'session-1',
  userId: 'user-1',
  conversationId: 'conversation-1',
  tenant: 'tenant-1',
  tags: ['one', 'two'],
  metadata: { plan: 'free' },
};

class Desk {
  readonly #client: OpenAI;

  constructor(url: string) {
    this.#client = new OpenAI({ apiKey: 'key', baseURL: `${url}/v1`, maxRetries: 0 });
  }

  @LlmCall()
  ask(request: object): Promise<unknown> {
    return this.#client.chat.completions.create(request as OpenAI.Chat.ChatCompletionCreateParamsNonStreaming);
  }
}

const only = ([span, ...others]: readonly FinishedSpan[]): FinishedSpan => {
  expect(others).to.deep.equal([]);
  return span ?? expect.fail('no span');
};
const parsed = (value: unknown): unknown => JSON.parse(String(value)) as unknown;

describe('one call to a model in four vocabularies', () => {
  let server: Replay;
  let views: Views;
  let hidden: Views;

  before(async function () {
    const exchange = exchangeOf(ID);
    if (exchange === undefined) {
      console.log('      skipped: the recorded exchanges are absent');
      this.skip();
    }
    server = await replay(exchange);
    [views, hidden] = (await ask()) as [Views, Views];
  });
  after(async () => {
    await server?.close();
  });

  // Side by side, so that content is there to be left out.
  async function ask(): Promise<readonly Views[]> {
    const tiers = ['full', 'none'] as const;
    const tracing = configureTracing({
      destinations: tiers.flatMap((content) =>
        VOCABULARIES.map((name) => ({ provider: 'memory', name: `${name}-${content}`, vocabulary: name, content })),
      ),
    });
    try {
      await withContext(WHO, () => new Desk(server.url).ask(exchangeOf(ID)?.request.body ?? {}));
      return tiers.map((content) => {
        const seen = VOCABULARIES.map(
          (name) => [name, only(tracing.finishedSpans(`${name}-${content}`)).attributes] as const,
        );
        return Object.fromEntries(seen) as Record<Name, Attributes>;
      });
    } finally {
      await tracing.shutdown();
    }
  }

  it('has the names of the conventions in gen-ai', () => {
    const attributes = views['gen-ai'];
    expect(attributes).to.deep.include({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4',
      'gen_ai.response.model': 'gpt-4-0613',
      'gen_ai.response.finish_reasons': ['tool_calls'],
    });
    expect(parsed(attributes['gen_ai.output.messages'])).to.deep.equal([
      {
        role: 'assistant',
        parts: [
          {
            type: 'tool_call',
            id: 'call_nyDXQZ1Ao3rKiffJ74zhnoVP',
            name: 'get_current_weather',
            arguments: { location: CALLED },
          },
        ],
        finish_reason: 'tool_call',
      },
    ]);
  });

  it('has flattened messages in openinference', () => {
    const call = 'llm.output_messages.0.message.tool_calls.0.tool_call';
    expect(views.openinference).to.include({
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'gpt-4-0613',
      'llm.request.model_name': 'gpt-4',
      'llm.finish_reason': 'tool_calls',
      'llm.input_messages.0.message.role': 'user',
      [`${call}.id`]: 'call_nyDXQZ1Ao3rKiffJ74zhnoVP',
      [`${call}.function.name`]: 'get_current_weather',
    });
    expect(parsed(views.openinference[`${call}.function.arguments`])).to.deep.equal({ location: CALLED });
  });

  it('is a generation in langfuse', () => {
    expect(views.langfuse).to.include({
      'langfuse.observation.type': 'generation',
      'langfuse.observation.model.name': 'gpt-4-0613',
    });
    expect(String(views.langfuse['langfuse.observation.input'])).to.contain(QUESTION);
    expect(String(views.langfuse['langfuse.observation.output'])).to.contain(CALLED);
  });

  it('is flat in llm', () => {
    expect(views.llm).to.include({ 'llm.model': 'gpt-4', 'llm.call_type': 'chat' });
    expect(views.llm['llm.latency_ms']).to.be.a('number');
    expect(String(views.llm['llm.input'])).to.contain(QUESTION);
    expect(String(views.llm['llm.output'])).to.contain(CALLED);
  });

  const COUNTS: Readonly<Record<Name, object>> = {
    'gen-ai': { 'gen_ai.usage.input_tokens': 67, 'gen_ai.usage.output_tokens': 18 },
    openinference: { 'llm.token_count.prompt': 67, 'llm.token_count.completion': 18, 'llm.token_count.total': 85 },
    langfuse: {},
    llm: { 'llm.tokens_in': 67, 'llm.tokens_out': 18 },
  };
  const COUNTERS: Readonly<Record<Name, RegExp>> = {
    'gen-ai': /^gen_ai\.usage\./,
    openinference: /^llm\.token_count\./,
    langfuse: /^langfuse\.observation\.usage_details$/,
    // What the flat names have no word for stands in those of the conventions.
    llm: /^llm\.tokens_(in|out)$|^gen_ai\.usage\.(?!input_tokens|output_tokens)/,
  };

  it('counts its tokens once in each', () => {
    for (const name of VOCABULARIES) {
      expect(views[name], name).to.include(COUNTS[name]);
      const counting = Object.keys(views[name]).filter((key) => /usage|token/.test(key));
      expect(counting, name).to.not.deep.equal([]);
      expect(
        counting.filter((key) => !COUNTERS[name].test(key)),
        name,
      ).to.deep.equal([]);
    }
    expect(parsed(views.langfuse['langfuse.observation.usage_details'])).to.deep.include({
      input: 67,
      output: 18,
      total: 85,
    });
  });

  it('says whose it is under the names of each', () => {
    const plain = { 'session.id': 'session-1', 'user.id': 'user-1', 'gen_ai.conversation.id': 'conversation-1' };
    for (const name of ['gen-ai', 'openinference', 'llm'] as const) expect(views[name], name).to.include(plain);
    for (const name of ['gen-ai', 'llm'] as const) {
      expect(views[name], name).to.deep.include({
        'spanwright.tags': WHO.tags,
        'spanwright.metadata': '{"plan":"free"}',
      });
    }
    expect(views.openinference).to.deep.include({ 'tag.tags': WHO.tags, metadata: '{"plan":"free"}' });
    expect(views.langfuse).to.deep.include({
      'langfuse.session.id': 'session-1',
      'langfuse.user.id': 'user-1',
      'langfuse.trace.tags': WHO.tags,
      'langfuse.trace.metadata.plan': 'free',
    });
    for (const name of VOCABULARIES) expect(views[name], name).to.include({ 'spanwright.tenant': 'tenant-1' });
  });

  it('shows content where it may be seen, and in none of them elsewhere', () => {
    for (const name of VOCABULARIES) {
      for (const content of [QUESTION, CALLED, TOOL]) {
        expect(JSON.stringify(views[name]), name).to.contain(content);
        expect(JSON.stringify(hidden[name]), name).to.not.contain(content);
      }
      expect(hidden[name], name).to.include(COUNTS[name]);
    }
  });
});
