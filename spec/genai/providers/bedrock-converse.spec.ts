import { ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { expect } from 'chai';

import type { Json } from '#lib/genai/endpoint.js';
import { bedrockEndpoints } from '#lib/genai/providers/bedrock.js';
import { endpointOf } from '../endpoint-of.js';
import { surviveHostileJson } from '../hostile-json.js';

const converse = endpointOf(bedrockEndpoints, 'bedrock.converse');

function partsOf(...content: readonly object[]): unknown {
  return converse.readInput({ messages: [{ role: 'user', content }] }).input?.[0]?.parts;
}

describe('Converse', () => {
  describe('a request', () => {
    const input = { modelId: 'amazon.nova-lite-v1:0', messages: [] };

    it('is told by its model id beside messages, and has no body', () => {
      expect(converse.matchRequest(input)).equal(3);
      expect(converse.matchRequest({ ...input, body: {} })).equal(0);
      expect(converse.matchRequest({ model: 'm', messages: [], max_tokens: 5 })).equal(0);
      expect(converse.matchRequest({ messages: [], inferenceConfig: {} })).equal(2);
    });

    it('is told by one of its own fields where there is no model id, as on the wire', () => {
      for (const field of ['inferenceConfig', 'toolConfig', 'guardrailConfig', 'additionalModelRequestFields']) {
        expect(converse.matchRequest({ messages: [], [field]: {} }), field).equal(2);
      }
      expect(converse.matchRequest({ messages: [] })).equal(0);
    });

    it('is a chat with Bedrock', () => {
      expect(converse).include({ provider: 'aws.bedrock', operation: 'chat' });
      expect(converse.aliases).deep.equal(['bedrock']);
    });

    it('keeps what is read of a command, and leaves the commands of InvokeModel', () => {
      const whole = {
        ...input,
        system: [],
        inferenceConfig: {},
        toolConfig: { tools: [] },
        guardrailConfig: {},
        additionalModelRequestFields: {},
        outputConfig: {},
        serviceTier: { type: 'flex' as const },
      };
      const command = new ConverseCommand({ ...whole, requestMetadata: { a: 'b' } });
      expect(converse.toPlain?.(command as unknown as Json)).deep.equal(whole);
      const other = { input: { modelId: 'm', body: '{}' } };
      expect(converse.toPlain?.(other)).equal(other);
    });

    it('is the input of a command', () => {
      const command = new ConverseCommand(input);
      expect(converse.toPlain?.(command as unknown as Json)).deep.equal(input);
      expect(converse.toPlain?.(input)).equal(input);
    });

    it('is streamed when the command says so, by its schema or the name of its class', () => {
      class ConverseStreamCommand {
        readonly input = input;
      }
      const older = new ConverseStreamCommand() as unknown as Json;
      const newer = { schema: [9, 'com.amazonaws.bedrockruntime', 'ConverseStream'], input };
      expect(converse.toPlain?.(older)).deep.equal({ ...input, stream: true });
      expect(converse.toPlain?.(newer)).deep.equal({ ...input, stream: true });
    });

    it('gives its parameters', () => {
      const asked = converse.readRequest({
        ...input,
        inferenceConfig: { maxTokens: 10, temperature: 0, topP: 0.5, stopSequences: ['END'] },
        additionalModelRequestFields: { topK: 40 },
        outputConfig: { effort: 'low', textFormat: { type: 'json_schema' } },
        serviceTier: { type: 'priority' },
        guardrailConfig: { guardrailIdentifier: 'g1' },
      });
      expect(asked).deep.equal({
        request: {
          model: 'amazon.nova-lite-v1:0',
          maxTokens: 10,
          temperature: 0,
          topP: 0.5,
          topK: 40,
          stopSequences: ['END'],
          reasoningLevel: 'low',
          outputType: 'json',
          serviceTier: 'priority',
          guardrailId: 'g1',
        },
      });
    });

    it('keeps its system texts and tools', () => {
      const inputSchema = { json: { type: 'object' } };
      expect(
        converse.readInput({
          system: [{ text: 'Be brief.' }, { cachePoint: { type: 'default' } }],
          toolConfig: {
            tools: [
              { toolSpec: { name: 'f', description: 'F', inputSchema } },
              { systemTool: { name: 'nova_grounding' } },
              { cachePoint: { type: 'default' } },
            ],
          },
        }),
      ).deep.equal({
        system: [{ type: 'text', content: 'Be brief.' }],
        tools: [
          { type: 'function', name: 'f', description: 'F', parameters: { type: 'object' } },
          { type: 'systemTool', name: 'nova_grounding' },
        ],
      });
    });

    it('keeps media by where they are', () => {
      expect(
        partsOf(
          { image: { format: 'png', source: { bytes: new Uint8Array([137, 80, 78]) } } },
          { image: { format: 'jpeg', source: { bytes: '/9j/' } } },
          { video: { format: 'three_gp', source: { s3Location: { uri: 's3://b/v.3gp' } } } },
          { document: { format: 'pdf', name: 'a', source: { bytes: 'JVBE' } } },
          { document: { format: 'txt', name: 'b', source: { text: 'Dear all' } } },
        ),
      ).deep.equal([
        { type: 'blob', modality: 'image', mime_type: 'image/png', content: 'iVBO' },
        { type: 'blob', modality: 'image', mime_type: 'image/jpeg', content: '/9j/' },
        { type: 'uri', modality: 'video', mime_type: 'video/3gpp', uri: 's3://b/v.3gp' },
        { type: 'blob', modality: 'document', mime_type: 'application/pdf', content: 'JVBE' },
        { type: 'text', content: 'Dear all' },
      ]);
    });

    it('keeps what a tool gave: a text or JSON as it is, anything else as parts', () => {
      const result = (toolUseId: string, ...content: object[]) => ({ toolResult: { toolUseId, content } });
      expect(
        partsOf(
          result('t1', { json: { a: 1 } }),
          result('t2', { text: 'b' }),
          result('t3', { text: 'c' }, { text: 'd' }),
        ),
      ).deep.equal([
        { type: 'tool_call_response', id: 't1', response: { a: 1 } },
        { type: 'tool_call_response', id: 't2', response: 'b' },
        {
          type: 'tool_call_response',
          id: 't3',
          response: [
            { type: 'text', content: 'c' },
            { type: 'text', content: 'd' },
          ],
        },
      ]);
    });

    it('keeps reasoning, citations and blocks that it has no name for', () => {
      expect(
        partsOf(
          { reasoningContent: { reasoningText: { text: 'Hm.', signature: 's' } } },
          { reasoningContent: { redactedContent: new Uint8Array([1, 2]) } },
          { citationsContent: { content: [{ text: 'Cited.' }], citations: [] } },
          { searchResult: { source: 's', title: 't' } },
        ),
      ).deep.equal([
        { type: 'reasoning', content: 'Hm.' },
        { type: 'redacted_reasoning', data: 'AQI=' },
        { type: 'text', content: 'Cited.' },
        { type: 'vendor', vendor_type: 'searchResult', searchResult: { source: 's', title: 't' } },
      ]);
    });
  });

  describe('an answer', () => {
    const reasons: Readonly<Record<string, string>> = {
      end_turn: 'stop',
      stop_sequence: 'stop',
      max_tokens: 'length',
      tool_use: 'tool_call',
      content_filtered: 'content_filter',
      guardrail_intervened: 'content_filter',
      malformed_tool_use: 'malformed_tool_use',
    };

    for (const [stopReason, word] of Object.entries(reasons)) {
      it(`finishes with ${word} for ${stopReason}, and keeps the provider's word as a fact`, () => {
        const answer = { output: { message: { role: 'assistant', content: [] } }, stopReason };
        expect(converse.matchResponse(answer)).equal(3);
        expect(converse.readOutput(answer).output?.[0]?.finish_reason).equal(word);
        expect(converse.readResponse(answer).response.finishReasons).deep.equal([stopReason]);
      });
    }

    it('is of the assistant where it does not say whose it is', () => {
      expect(converse.readOutput({ output: { message: {} } }).output?.[0]?.role).equal('assistant');
    });

    it('counts cached tokens inside the input, and invents no count', () => {
      const usage = { inputTokens: 4, outputTokens: 9, cacheReadInputTokens: 100, cacheWriteInputTokens: 20 };
      expect(converse.readResponse({ usage, serviceTier: { type: 'flex' } })).deep.equal({
        response: { serviceTier: 'flex' },
        usage: { inputTokens: 124, outputTokens: 9, cacheReadTokens: 100, cacheWriteTokens: 20 },
      });
      expect(converse.readResponse({ usage: { inputTokens: '4' } })).deep.equal({ response: {} });
    });
  });

  it('throws nothing at hostile JSON', () => {
    surviveHostileJson(
      converse,
      'input modelId messages role content text image source bytes format toolUse toolResult toolUseId name json input system toolConfig tools toolSpec inputSchema output message stopReason usage inputTokens messageStart contentBlockStart contentBlockDelta contentBlockIndex delta start messageStop metadata reasoningContent schema constructor'.split(
        ' ',
      ),
      'anthropic.claude user png tool_use'.split(' '),
    );
  });
});
