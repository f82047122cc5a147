import { expect } from 'chai';

import { aiSdkEndpoints } from '#lib/genai/providers/ai-sdk.js';

import { Model, plain } from './ai-sdk-results.js';
import { expectStandsAnything } from './stands-anything.js';

const [generation] = aiSdkEndpoints;
if (generation === undefined) throw new Error('no endpoints');

const REQUEST = {
  model: new Model('gpt-5', 'openai.responses'),
  system: 'Be brief.',
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'What is it?' },
        { type: 'image', image: 'data:image/png;base64,AAAA' },
      ],
    },
    { role: 'assistant', content: [{ type: 'tool-call', toolCallId: 'c1', toolName: 'look', input: {} }] },
    {
      role: 'tool',
      content: [{ type: 'tool-result', toolCallId: 'c1', toolName: 'look', output: { type: 'text', value: 'a cat' } }],
    },
  ],
  maxOutputTokens: 50,
  temperature: 0.5,
  topP: 0.9,
  topK: 40,
  presencePenalty: 0.1,
  frequencyPenalty: 0.2,
  stopSequences: ['END'],
  seed: 7,
  tools: {
    look: {
      description: 'Looks.',
      inputSchema: { jsonSchema: { type: 'object' }, validate: () => true },
      execute: () => 'x',
    },
  },
};

describe('vercel.ai_sdk requests', () => {
  it('reads settings, and the provider off the model', () => {
    expect(generation.matchRequest(plain(REQUEST))).to.equal(3);
    expect(generation.readRequest(plain(REQUEST))).to.deep.equal({
      request: {
        model: 'gpt-5',
        maxTokens: 50,
        temperature: 0.5,
        topP: 0.9,
        topK: 40,
        frequencyPenalty: 0.2,
        presencePenalty: 0.1,
        stopSequences: ['END'],
        seed: 7,
      },
      provider: 'openai',
    });
  });

  it('reads system text, messages and tools', () => {
    expect(generation.readInput(plain(REQUEST))).to.deep.equal({
      system: [{ type: 'text', content: 'Be brief.' }],
      input: [
        {
          role: 'user',
          parts: [
            { type: 'text', content: 'What is it?' },
            { type: 'blob', modality: 'image', content: 'AAAA', mime_type: 'image/png' },
          ],
        },
        { role: 'assistant', parts: [{ type: 'tool_call', id: 'c1', name: 'look', arguments: {} }] },
        { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', response: { type: 'text', value: 'a cat' } }] },
      ],
      tools: [{ type: 'function', name: 'look', description: 'Looks.', parameters: { type: 'object' } }],
    });
  });

  it('knows providers by the names that they give themselves', () => {
    const names: Record<string, string> = {
      'openai.chat': 'openai',
      'anthropic.messages': 'anthropic',
      'google.generative-ai': 'gcp.gemini',
      'google.vertex.chat': 'gcp.vertex_ai',
      'vertex.anthropic.messages': 'gcp.vertex_ai',
      'amazon-bedrock': 'aws.bedrock',
      'azure-openai.chat': 'azure.ai.openai',
      'azure.responses': 'azure.ai.openai',
      'mistral.chat': 'mistral_ai',
      'xai.chat': 'x_ai',
      'deepseek.chat': 'deepseek',
      'groq.chat': 'groq',
      'cohere.chat': 'cohere',
      perplexity: 'perplexity',
      'fireworks.chat': 'fireworks',
    };
    const found = Object.keys(names).map((name) => [
      name,
      generation.readRequest({ model: { modelId: 'm', provider: name } }).provider,
    ]);
    expect(Object.fromEntries(found)).to.deep.equal(names);
    expect(generation.readRequest({ model: 'anthropic/claude-sonnet-4' }).provider).to.equal('anthropic');
    expect(generation.readRequest({ model: { modelId: 'openai/gpt-5', provider: 'gateway' } }).provider).to.equal(
      'openai',
    );
    expect(generation.readRequest({ model: 'meta/llama' })).to.not.have.property('provider');
  });

  it('tells a wanted object and a level of reasoning', () => {
    const asked = { model: new Model('m', 'openai.chat'), prompt: 'x' };
    const factsOf = (others: object) => generation.readRequest(plain({ ...asked, ...others })).request;
    expect(factsOf({ schema: { parse: () => 1 } })).to.deep.equal({ model: 'm', outputType: 'json' });
    expect(factsOf({ output: { name: 'object' }, reasoning: 'high' })).to.deep.equal({
      model: 'm',
      outputType: 'json',
      reasoningLevel: 'high',
    });
    expect(factsOf({ output: { name: 'text' }, reasoning: 'provider-default' })).to.deep.equal({ model: 'm' });
  });

  it('leaves requests of other clients alone', () => {
    const others = { model: 'gpt-4o', messages: [{ role: 'user', content: 'Hi' }] };
    expect(generation.toPlain?.(others)).to.equal(others);
    expect(generation.matchRequest(others)).to.equal(0);
    expect(generation.matchRequest({ model: 'openai/gpt-4o', messages: [] }), 'also what OpenRouter takes').to.equal(1);
  });

  it('stand anything', () => {
    expectStandsAnything(aiSdkEndpoints, [plain(REQUEST), { model: 'openai/m', value: 'a', values: ['b'] }]);
  });
});
