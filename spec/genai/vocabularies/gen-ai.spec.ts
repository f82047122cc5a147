import { expect } from 'chai';
import { genAi } from '#lib/genai/vocabularies/gen-ai.js';
import { problemsOfContent, problemsOfMessages } from '../schemas/gen-ai-messages.js';
import { madeSpans, recordOf } from './made-spans.js';

const parsed = (value: unknown): unknown => JSON.parse(value as string);

describe('vocabulary gen-ai', () => {
  for (const [kind, span] of Object.entries(madeSpans)) {
    it(`gives back every attribute of ${kind}, and content that the schemas allow`, () => {
      const attributes = genAi.render(recordOf(span));
      expect(attributes).deep.include({ ...span.attributes });
      expect(problemsOfContent(attributes)).deep.equal([]);
    });
  }

  it('writes parts of its own as generic ones', () => {
    const attributes = genAi.render(recordOf(madeSpans.llm));
    expect(parsed(attributes['gen_ai.output.messages'])).deep.equal([
      {
        role: 'assistant',
        parts: [
          { type: 'refusal', content: 'Not that.' },
          { type: 'mcp_approval_request', server_label: 'files' },
          { type: 'tool_call', id: 'call_3', name: 'look', arguments: {} },
        ],
        finish_reason: 'tool_call',
      },
    ]);
  });

  it('does not make a generic part of a type whose members are prescribed', () => {
    const content = { 'gen_ai.input.messages': [{ role: 'user', parts: [{ type: 'blob', bytes: 3 }] }] };
    const attributes = genAi.render(recordOf({ attributes: {}, content }));
    expect(parsed(attributes['gen_ai.input.messages'])).deep.equal([
      { role: 'user', parts: [{ type: 'vendor', vendor_type: 'blob', bytes: 3 }] },
    ]);
  });

  it('writes structures as JSON and texts as they are', () => {
    expect(genAi.render(recordOf(madeSpans.tool))).include({
      'gen_ai.tool.call.arguments': '{"x":1}',
      'gen_ai.tool.call.result': 'a cat',
    });
    expect(genAi.render(recordOf(madeSpans.llm))).include({
      'gen_ai.prompt.variable.name': 'Ann',
      'gen_ai.prompt.variable.limits': '{"rpm":60}',
      'spanwright.arguments': '[{"ticket":7}]',
    });
    expect(genAi.render(recordOf(madeSpans.embedding))).include({
      'spanwright.embedding.texts': '["first","second"]',
    });
    expect(genAi.render(recordOf(madeSpans.retrieval))).include({ 'gen_ai.retrieval.query.text': 'refunds' });
  });

  it('begins with facts', () => {
    expect(Object.keys(genAi.render(recordOf(madeSpans.llm))).slice(0, 6)).deep.equal([
      'gen_ai.operation.name',
      'gen_ai.provider.name',
      'gen_ai.request.model',
      'gen_ai.response.model',
      'gen_ai.usage.input_tokens',
      'gen_ai.usage.output_tokens',
    ]);
  });

  it('gives the same when what it gave is read again', () => {
    for (const span of Object.values(madeSpans)) {
      const once = genAi.render(recordOf(span));
      const again = genAi.render(recordOf({ attributes: once, status: { code: 0 } }));
      expect(again).deep.equal(once);
    }
  });
});

describe('checker of messages', () => {
  it('finds what the schemas forbid', () => {
    const messages = [
      { role: 'user', parts: [{ type: 'text' }, { content: 'x' }, { type: 'blob', modality: 'image', content: 4 }] },
      { parts: [{ type: 'tool_call', id: 5, name: 'x' }, { type: 'tool_call_response' }] },
      { role: 'x', parts: {}, name: 3 },
      7,
    ];
    expect(problemsOfMessages(messages, 'output')).deep.equal([
      'output[0].parts[0].content: no text',
      'output[0].parts[1].type: no text',
      'output[0].parts[2].content: no text',
      'output[0].finish_reason: no text',
      'output[1].role: no text',
      'output[1].parts[0].id: neither text nor null',
      'output[1].parts[1].response: missing',
      'output[1].finish_reason: no text',
      'output[2].parts: no list',
      'output[2].name: no text',
      'output[2].finish_reason: no text',
      'output[3]: no object',
    ]);
    expect(problemsOfMessages({}, 'input')).deep.equal(['input: no list']);
  });
});
