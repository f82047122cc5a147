import { InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { expect } from 'chai';

import type { Json } from '#lib/genai/endpoint.js';
import { bedrockEndpoints } from '#lib/genai/providers/bedrock.js';
import { endpointOf } from '../endpoint-of.js';
import { surviveHostileJson } from '../hostile-json.js';

const invoke = endpointOf(bedrockEndpoints, 'bedrock.invoke_model');

function bytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

function plain(value: object): Json {
  return invoke.toPlain?.(value as Json) ?? {};
}

describe('InvokeModel', () => {
  describe('bodies', () => {
    const modelId = 'mistral.mistral-7b-instruct-v0:2';
    const body = { prompt: 'Hi', max_tokens: 5 };

    it('are read from texts and from bytes, of a command and of its input', () => {
      const wanted = { modelId, body };
      expect(plain({ modelId, body: JSON.stringify(body) })).deep.equal(wanted);
      expect(plain({ modelId, body: bytes(body) })).deep.equal(wanted);
      expect(plain({ modelId, body: Buffer.from(JSON.stringify(body)) })).deep.equal(wanted);
      expect(plain(new InvokeModelCommand({ modelId, body: JSON.stringify(body) }))).deep.equal(wanted);
    });

    it('are left out above 1 MiB, and where they are no JSON object', () => {
      const large = JSON.stringify({ prompt: 'x'.repeat(1_048_576) });
      for (const unread of [large, bytes({ prompt: 'x'.repeat(1_048_576) }), 'no JSON', '[]', new Uint8Array([255])]) {
        const request = plain({ modelId, body: unread });
        expect(request).deep.equal({ modelId, body: {} });
        expect(invoke.matchRequest(request)).equal(3);
        expect(invoke.readRequest(request)).deep.equal({ request: { model: modelId } });
      }
    });

    it('stand beside what else is read', () => {
      const beside = { contentType: 'application/json', serviceTier: 'flex' };
      expect(plain({ modelId, body: '{}', guardrailIdentifier: 'g1', ...beside, accept: '*/*' })).deep.equal({
        modelId,
        body: {},
        guardrailIdentifier: 'g1',
        ...beside,
      });
      const answer = plain({ body: bytes({ generation: 'Hi' }), ...beside, $metadata: {} });
      expect(answer).deep.equal({ body: { generation: 'Hi' }, ...beside });
      expect(invoke.readResponse(answer)).deep.equal({ response: { serviceTier: 'flex' } });
    });

    it('are streamed when the command says so', () => {
      const command = { schema: [9, 'com.amazonaws.bedrockruntime', 'InvokeModelWithResponseStream'] };
      const request = plain({ ...command, input: { modelId, body: '{}' } });
      expect(request).deep.equal({ modelId, body: {}, stream: true });
      expect(invoke.readRequest(request)).deep.equal({ request: { model: modelId, stream: true } });
    });

    it('of an answer are told by their shape', () => {
      const answer = { generation: 'Hi' };
      expect(invoke.matchResponse({ body: answer })).equal(3);
      expect(invoke.matchResponse({ body: { foo: 1 }, contentType: 'application/json' })).equal(1);
      expect(invoke.matchResponse({ body: { foo: 1 } })).equal(0);
      expect(invoke.matchResponse({ modelId, body: answer })).equal(0);
      expect(invoke.matchRequest({ body: answer })).equal(0);
      expect(invoke.matchRequest({ modelId, messages: [] })).equal(0);
    });

    it('are not looked for in what is no call of Bedrock', () => {
      for (const other of [
        { method: 'POST', body: '{}' },
        { body: '{}', $metadata: {} },
        { body: bytes({}) },
        { modelId, body: new ReadableStream() },
      ]) {
        expect(invoke.toPlain?.(other)).equal(other);
      }
    });
  });

  describe('a request', () => {
    it('is one of Bedrock', () => {
      expect(invoke).include({ provider: 'aws.bedrock', operation: 'chat' });
      expect(invoke.aliases).deep.equal(['bedrock']);
    });

    const prompt = { prompt: 'Hi', max_tokens_to_sample: 5 };

    it('is told by the model id of its family, with a region or in an ARN', () => {
      for (const modelId of [
        'anthropic.claude-v2',
        'us.anthropic.claude-v2',
        'arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-v2',
      ]) {
        expect(invoke.readRequest({ modelId, body: prompt })).deep.equal({
          request: { model: modelId, maxTokens: 5 },
          operation: 'text_completion',
        });
      }
    });

    it('is told by its shape where the id names no family', () => {
      const modelId = 'arn:aws:bedrock:us-east-1:1:application-inference-profile/abc';
      const operationOf = (body: Json) => invoke.readRequest({ modelId, body }).operation;
      expect(operationOf(prompt)).equal('text_completion');
      expect(operationOf({ anthropic_version: 'bedrock-2023-05-31', messages: [] })).equal('chat');
      expect(operationOf({ schemaVersion: 'messages-v1', messages: [] })).equal('chat');
      expect(operationOf({ cfg_scale: 5 })).equal(undefined);
    });

    it('gives the model alone for a family that is not read', () => {
      const modelId = 'stability.stable-image-core-v1:0';
      expect(invoke.readRequest({ modelId, body: { text_prompts: [] } })).deep.equal({ request: { model: modelId } });
      expect(invoke.readInput({ modelId, body: { text_prompts: [] } })).deep.equal({});
    });

    it('says its guardrail and service tier, which stand beside the body', () => {
      const beside = { guardrailIdentifier: 'g1', serviceTier: 'flex' };
      expect(invoke.readRequest({ modelId: 'm', body: {}, ...beside })).deep.equal({
        request: { model: 'm', guardrailId: 'g1', serviceTier: 'flex' },
      });
    });
  });

  it('throws nothing at hostile JSON', () => {
    surviveHostileJson(
      invoke,
      'input modelId body contentType $metadata chunk bytes type prompt message messages content text completions data outputs results outputText inputText completion generation embedding embeddings texts chat_history tools role finish_reason stop_reason id output'.split(
        ' ',
      ),
      [
        'anthropic.claude',
        'cohere.command-r',
        'ai21.j2-mid',
        'message',
        '{"outputs":[{"text":"a"}]}',
        '{"completions":[{"data":{}}]}',
      ],
    );
  });
});
