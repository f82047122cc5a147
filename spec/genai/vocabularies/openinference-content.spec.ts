import { expect } from 'chai';
import { openinference } from '#lib/genai/vocabularies/openinference.js';
import { briefChat, madeSpans, recordOf } from './made-spans.js';
import type { MadeSpan } from './made-spans.js';

const render = (span: MadeSpan): Record<string, unknown> => openinference.render(recordOf(span));

const startingWith = (attributes: Record<string, unknown>, prefix: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(attributes).filter(([key]) => key.startsWith(prefix)));

describe('content in openinference', () => {
  it('flattens messages, an answer of a tool into one of its own', () => {
    const file = '{"type":"file","modality":"document","file_id":"file-1"}';
    const contents = (message: number, part: number): string =>
      `llm.input_messages.${message}.message.contents.${part}.message_content`;
    const calls = 'llm.input_messages.2.message.tool_calls';
    expect(startingWith(render(madeSpans.llm), 'llm.input_messages.')).deep.equal({
      'llm.input_messages.0.message.role': 'system',
      'llm.input_messages.0.message.content': 'Be brief.',
      'llm.input_messages.1.message.role': 'user',
      'llm.input_messages.1.message.name': 'ann',
      [`${contents(1, 0)}.type`]: 'text',
      [`${contents(1, 0)}.text`]: 'What is on this picture?',
      [`${contents(1, 1)}.type`]: 'image',
      [`${contents(1, 1)}.image.image.url`]: 'https://example.test/a.png',
      [`${contents(1, 2)}.type`]: 'audio',
      [`${contents(1, 2)}.audio.audio.url`]: 'data:audio/wav;base64,UklGRg==',
      [`${contents(1, 2)}.audio.audio.mime_type`]: 'audio/wav',
      [`${contents(1, 3)}.type`]: 'text',
      [`${contents(1, 3)}.text`]: file,
      'llm.input_messages.2.message.role': 'assistant',
      [`${contents(2, 0)}.type`]: 'reasoning',
      [`${contents(2, 0)}.text`]: 'Look first.',
      [`${contents(2, 1)}.type`]: 'reasoning',
      [`${contents(2, 1)}.data`]: 'Ehc=',
      [`${calls}.0.tool_call.id`]: 'call_1',
      [`${calls}.0.tool_call.function.name`]: 'look',
      [`${calls}.0.tool_call.function.arguments`]: '{"x":1}',
      [`${calls}.1.tool_call.id`]: 'srv_1',
      [`${calls}.1.tool_call.function.name`]: 'search',
      [`${calls}.1.tool_call.function.arguments`]: '{"type":"web_search","q":"cat"}',
      'llm.input_messages.3.message.role': 'tool',
      'llm.input_messages.3.message.tool_call_id': 'call_1',
      'llm.input_messages.3.message.content': '{"seen":"a cat"}',
      'llm.input_messages.4.message.role': 'tool',
      'llm.input_messages.4.message.tool_call_id': 'call_2',
      'llm.input_messages.4.message.content': 'nothing',
    });
  });

  it('names the tool of an answer where its message names nobody', () => {
    const named = (message: object): unknown => {
      const parts = [{ type: 'tool_call_response', name: 'look', response: 'nothing' }];
      const content = { 'gen_ai.input.messages': [{ role: 'tool', parts, ...message }] };
      return render({ attributes: {}, content })['llm.input_messages.0.message.name'];
    };
    expect(named({})).equal('look');
    expect(named({ name: 'ann' })).equal('ann');
  });

  it('takes arguments that are JSON already as they are', () => {
    const calls = (given: string): unknown => {
      const parts = [{ type: 'tool_call', name: 'look', arguments: given }];
      const content = { 'gen_ai.output.messages': [{ role: 'assistant', parts, finish_reason: 'tool_call' }] };
      return render({ attributes: {}, content })[
        'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments'
      ];
    };
    expect(calls('{"x":1}')).equal('{"x":1}');
    expect(calls('{"x":')).equal('"{\\"x\\":"');
  });

  it('shows one text as text and anything else as JSON', () => {
    expect(render(briefChat)).include({
      'input.value': 'ping',
      'input.mime_type': 'text/plain',
      'output.value': 'pong',
      'output.mime_type': 'text/plain',
    });
    const { 'input.value': value, 'input.mime_type': mime } = render(madeSpans.llm);
    expect(mime).equal('application/json');
    expect(JSON.parse(value as string)).keys('messages', 'tools');
    expect(render(madeSpans.agent)).include({
      'input.value': '["help me"]',
      'output.value': '{"category":"billing"}',
    });
  });

  it('shows two texts as JSON, in one message or in two', () => {
    const messages = (...texts: string[][]): unknown =>
      texts.map((parts) => ({ role: 'user', parts: parts.map((content) => ({ type: 'text', content })) }));
    const shown = (input: unknown): unknown =>
      render({ attributes: {}, content: { 'gen_ai.input.messages': input } })['input.mime_type'];
    expect(shown(messages(['a']))).equal('text/plain');
    expect(shown(messages(['a', 'b']))).equal('application/json');
    expect(shown(messages(['a'], ['b']))).equal('application/json');
  });

  it('keeps the captured result beside the messages', () => {
    const attributes = render({ ...briefChat, content: { ...briefChat.content, 'spanwright.result': { parsed: 1 } } });
    expect(attributes).include({ 'output.value': 'pong', 'spanwright.result': '{"parsed":1}' });
  });

  it('shows what has another modality as JSON', () => {
    const part = { type: 'uri', modality: 'constructor', uri: 'x:y' };
    const content = { 'gen_ai.input.messages': [{ role: 'user', parts: [part] }] };
    expect(render({ attributes: {}, content })).include({
      'llm.input_messages.0.message.contents.0.message_content.text': JSON.stringify(part),
    });
  });

  it('writes tools as OpenAI takes them', () => {
    const attributes = render(madeSpans.llm);
    expect(JSON.parse(attributes['llm.tools.0.tool.json_schema'] as string)).deep.equal({
      type: 'function',
      function: { name: 'look', description: 'Looks.', parameters: { type: 'object' }, strict: true },
    });
    expect(JSON.parse(attributes['llm.tools.1.tool.json_schema'] as string)).deep.equal({
      type: 'web_search',
      name: 'search',
    });
  });

  it('names the model, texts and parameters of an embedding', () => {
    const attributes = render(madeSpans.embedding);
    expect(attributes).include({
      'embedding.model_name': 'text-embedding-3-small',
      'embedding.embeddings.0.embedding.text': 'first',
      'embedding.embeddings.1.embedding.text': 'second',
      'embedding.invocation_parameters': '{"encoding_formats":["float"],"dimensions":256}',
      'llm.token_count.prompt': 8,
      'gen_ai.provider.name': 'openai',
      'input.value': '["first","second"]',
    });
    expect(attributes).not.any.keys('gen_ai.embeddings.dimension.count', 'llm.token_count.total');
  });

  it('has the documents of a retrieval and of a reranking', () => {
    expect(render(madeSpans.retrieval)).include({
      'input.value': 'refunds',
      'retrieval.documents.0.document.id': 'd1',
      'retrieval.documents.0.document.score': 0.9,
      'retrieval.documents.0.document.content': 'Refunds take a week.',
      'retrieval.documents.0.document.metadata': '{"page":3}',
      'retrieval.documents.1.document.id': 'd2',
    });
    expect(render(madeSpans.rerank)).include({
      'reranker.model_name': 'rerank-v3.5',
      'reranker.query': 'refunds',
      'reranker.top_k': 1,
      'reranker.input_documents.0.document.content': 'a week',
      'reranker.input_documents.1.document.content': 'never',
      'reranker.output_documents.0.document.id': '0',
      'reranker.output_documents.0.document.score': 0.98,
      'spanwright.usage.search_units': 1,
    });
  });
});
