import type { Attributes } from '@opentelemetry/api';
import { expect } from 'chai';
import { getTracer } from 'spanwright';
import type { Seen } from './all-calls.js';
import { EMAIL, seenBy, textOf, TIERS, TOKEN, VOCABULARIES } from './all-calls.js';

const TEXT = `a nuthatch of ${EMAIL} with ${TOKEN}`;
const MESSAGES = JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: TEXT }] }]);

const CONTENT: Readonly<Record<string, readonly string[]>> = {
  conventions: [
    'gen_ai.input.messages',
    'gen_ai.output.messages',
    'gen_ai.system_instructions',
    'gen_ai.tool.definitions',
    'gen_ai.tool.call.arguments',
    'gen_ai.tool.call.result',
    'gen_ai.prompt.variable.name',
    'gen_ai.retrieval.query.text',
    'gen_ai.prompt',
    'gen_ai.completion',
    'gen_ai.event.content',
    'gen_ai.memory.query.text',
  ],
  OpenInference: [
    'input.value',
    'output.value',
    'llm.input_messages.0.message.content',
    'llm.input_messages.0.message.contents.1.message_content.text',
    'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments',
    'llm.prompts',
    'llm.prompts.0.prompt.text',
    'llm.choices.0.completion.text',
    'llm.tools.0.tool.json_schema',
    'llm.prompt_template.template',
    'llm.prompt_template.variables',
    'retrieval.documents.0.document.content',
    'retrieval.documents.0.document.metadata',
    'reranker.query',
    'reranker.output_documents.0.document.content',
    'embedding.embeddings.0.embedding.text',
    'embedding.text',
    'message.content',
    'message_content.text',
    'document.content',
    'tool.parameters',
  ],
  OpenLLMetry: [
    'gen_ai.prompt.0.content',
    'gen_ai.prompt.0.tool_calls.0.arguments',
    'gen_ai.completion.0.content',
    'llm.request.functions.0.parameters',
    'traceloop.entity.input',
    'traceloop.entity.output',
    'traceloop.prompt.template',
    'traceloop.prompt.template_variables.name',
    'mcp.request.argument',
    'mcp.response.value',
    'db.query.result.document',
  ],
  'the AI SDK': [
    'ai.prompt',
    'ai.prompt.messages',
    'ai.prompt.tools',
    'ai.response.text',
    'ai.response.object',
    'ai.response.toolCalls',
    'ai.response.reasoning',
    'ai.response.files',
    'ai.response.providerMetadata',
    'ai.result.text',
    'ai.result.object',
    'ai.toolCall.args',
    'ai.toolCall.input',
    'ai.toolCall.result',
    'ai.toolCall.output',
    'ai.value',
    'ai.values',
    'ai.documents',
    'ai.ranking',
    'ai.schema',
    'ai.schema.description',
    'ai.settings.context.user',
    'vercel.ai.prompt.messages',
  ],
  'other tools': [
    'gen_ai.request.messages',
    'gen_ai.request.available_tools',
    'gen_ai.response.text',
    'gen_ai.response.tool_calls',
    'gen_ai.tool.input',
    'gen_ai.tool.output',
    'langfuse.observation.input',
    'langfuse.trace.output',
    'langfuse.experiment.item.expected_output',
    'langsmith.inputs',
    'langwatch.input',
    'langwatch.rag.contexts',
    'braintrust.input_json',
    'braintrust.output',
    'lmnr.span.input',
    'mlflow.spanInputs',
    'mlflow.chat.messages',
    'all_messages_events',
    'pydantic_ai.all_messages',
    'final_result',
    'tool_arguments',
    'request_data',
    'gcp.vertex.agent.llm_request',
    'gcp.vertex.agent.tool_response',
    'lk.chat_ctx',
    'lk.response.text',
    'genkit:input',
    'haystack.component.output',
    'spring.ai.tool.call.arguments',
  ],
};

const FACTS: Attributes = {
  'gen_ai.prompt.name': 'welcome',
  'gen_ai.prompt.version': 3,
  'gen_ai.prompt.0.role': 'user',
  'gen_ai.completion.0.finish_reason': 'stop',
  'gen_ai.output.type': 'json',
  'gen_ai.request.model': 'gpt-4o',
  'llm.model_name': 'gpt-4o',
  'llm.prompt_template.version': 'v2',
  'llm.input_messages.0.message.role': 'user',
  'input.mime_type': 'text/plain',
  'retrieval.documents.0.document.id': 'doc-7',
  'retrieval.documents.0.document.score': 0.5,
  'reranker.model_name': 'rerank-3',
  'tool.name': 'lookup',
  'message.type': 'SENT',
  'message.id': 7,
  'traceloop.entity.name': 'joke',
  'traceloop.prompt.key': 'welcome',
  'ai.response.finishReason': 'stop',
  'ai.response.id': 'resp-1',
  'ai.response.model': 'gpt-4o',
  'ai.response.timestamp': '2026-11-21T10:00:00.000Z',
  'ai.response.msToFirstChunk': 12.5,
  'ai.response.avgOutputTokensPerSecond': 40,
  'ai.toolCall.name': 'lookup',
  'ai.toolCall.id': 'call-1',
  'ai.schema.name': 'Ticket',
  'ai.model.id': 'gpt-4o',
  'ai.operationId': 'ai.generateText',
  'langfuse.observation.type': 'generation',
  'mlflow.spanType': 'LLM',
  'db.query.text': 'select 1',
};

const EVENTS: Readonly<Record<string, Attributes>> = {
  'gen_ai.system.message': { content: TEXT },
  'gen_ai.user.message': { content: TEXT, 'gen_ai.system': 'openai' },
  'gen_ai.assistant.message': { tool_calls: TEXT },
  'gen_ai.tool.message': { content: TEXT },
  'gen_ai.choice': { message: TEXT, finish_reason: 'stop' },
  'gen_ai.content.prompt': { 'gen_ai.prompt': TEXT },
  'gen_ai.client.inference.operation.details': { 'gen_ai.input.messages': MESSAGES, 'gen_ai.request.model': 'gpt-4o' },
  'ai.stream.finish': { 'ai.response.text': TEXT, 'ai.response.finishReason': 'stop' },
};

const DESTINATIONS = TIERS.flatMap((content) =>
  VOCABULARIES.map((vocabulary) => ({ name: `${content} ${vocabulary}`, content, vocabulary })),
);

/** A span by hand, as somebody else's instrumentation makes it. */
function byHand(attributes: Attributes, events: Readonly<Record<string, Attributes>> = {}): void {
  const span = getTracer('foreign').startSpan('by hand', { attributes });
  for (const [name, of] of Object.entries(events)) span.addEvent(name, of);
  span.end();
}

describe('content of other instrumentations', () => {
  const at = (seen: Readonly<Record<string, Seen>>, name: string): string => textOf(seen[name]?.['by hand']);

  for (const [tool, names] of Object.entries(CONTENT)) {
    it(`is gone at none and digest, redacted at redacted, there at full: ${tool}`, async () => {
      for (const name of names) {
        const value = name.endsWith('.messages') && name.startsWith('gen_ai.') ? MESSAGES : TEXT;
        const seen = await seenBy(DESTINATIONS, {}, () => byHand({ [name]: value }));
        for (const { name: destination, content } of DESTINATIONS) {
          const text = at(seen, destination);
          expect(text, `${name} ${destination}`).to.not.contain(TOKEN);
          if (content !== 'full') expect(text, `${name} ${destination}`).to.not.contain(EMAIL);
          const isShown = content === 'redacted' || content === 'full';
          expect(text.includes('nuthatch'), `${name} ${destination}`).to.equal(isShown);
        }
      }
    });
  }

  it('leaves its facts at every tier', async () => {
    const seen = await seenBy(DESTINATIONS, {}, () => byHand(FACTS));
    for (const content of TIERS) {
      const { attributes } = seen[`${content} gen-ai`]?.['by hand'] ?? expect.fail('no span');
      expect(attributes, content).to.deep.include(FACTS);
    }
  });

  it('is gone from events, which stay with their facts', async () => {
    const seen = await seenBy(DESTINATIONS, {}, () => byHand({}, EVENTS));
    for (const { name, content } of DESTINATIONS) {
      const text = at(seen, name);
      expect(text, name).to.not.contain(TOKEN);
      if (content !== 'full') expect(text, name).to.not.contain(EMAIL);
      expect(text.includes('nuthatch'), name).to.equal(content === 'redacted' || content === 'full');
    }
    const { events } = seen['none gen-ai']?.['by hand'] ?? expect.fail('no span');
    expect(events.map(({ name }) => name)).to.deep.equal(Object.keys(EVENTS));
    expect(events.at(-2)?.attributes).to.deep.equal({ 'gen_ai.request.model': 'gpt-4o' });
    expect(events.at(-1)?.attributes).to.deep.equal({ 'ai.response.finishReason': 'stop' });
  });

  it('is digested where it has the names of the conventions', async () => {
    const seen = await seenBy([{ content: 'digest' }], {}, () => byHand({ 'gen_ai.input.messages': MESSAGES }));
    expect(seen['memory']?.['by hand']?.attributes).to.have.property('spanwright.request.digest').with.lengthOf(64);
  });

  it('that cannot be understood is gone where it may not be seen', async () => {
    const seen = await seenBy(DESTINATIONS, {}, () => byHand({ 'gen_ai.input.messages': `not JSON: nuthatch` }));
    for (const { name, content } of DESTINATIONS) {
      expect(at(seen, name).includes('nuthatch'), name).to.equal(content === 'redacted' || content === 'full');
    }
  });
});
