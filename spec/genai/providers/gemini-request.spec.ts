import { expect } from 'chai';

import { geminiEndpoints } from '#lib/genai/providers/gemini.js';
import { endpointOf } from '../endpoint-of.js';

const generate = endpointOf(geminiEndpoints, 'gemini.generate_content');

const hello = { role: 'user', parts: [{ type: 'text', content: 'Hello' }] };

describe('a request of generateContent', () => {
  it('generates content with Google', () => {
    expect(generate).include({ provider: 'gcp.gemini', operation: 'generate_content' });
    expect(generate.aliases).include.members(['gemini', 'gcp.vertex_ai']);
  });

  const forms: Readonly<Record<string, unknown>> = {
    'a text': 'Hello',
    'a part': { text: 'Hello' },
    'a list of parts': [{ text: 'Hello' }],
    'a list of texts': ['Hello'],
    'a content': { role: 'user', parts: [{ text: 'Hello' }] },
    'a content without a role': { parts: [{ text: 'Hello' }] },
    'a list of contents': [{ role: 'user', parts: [{ text: 'Hello' }] }],
  };

  for (const [form, contents] of Object.entries(forms)) {
    it(`is one message when its contents are ${form}`, () => {
      expect(generate.readInput({ contents })).deep.equal({ input: [hello] });
      expect(generate.matchRequest({ model: 'gemini-2.5-flash', contents })).greaterThan(1);
    });
  }

  it('makes one message of parts that stand side by side', () => {
    const contents = ['Hello', { inlineData: { mimeType: 'audio/wav', data: 'UklG' } }];
    expect(generate.readInput({ contents }).input).deep.equal([
      {
        role: 'user',
        parts: [
          { type: 'text', content: 'Hello' },
          { type: 'blob', modality: 'audio', mime_type: 'audio/wav', content: 'UklG' },
        ],
      },
    ]);
  });

  it('takes the system instruction in any form, of the client and of the wire', () => {
    const system = [{ type: 'text', content: 'Be brief.' }];
    for (const instruction of ['Be brief.', ['Be brief.'], { text: 'Be brief.' }, { parts: [{ text: 'Be brief.' }] }]) {
      expect(generate.readInput({ config: { systemInstruction: instruction } })).deep.equal({ system });
      expect(generate.readInput({ systemInstruction: instruction })).deep.equal({ system });
    }
  });

  it('gives its parameters from the config of the client', () => {
    const config = {
      maxOutputTokens: 10,
      candidateCount: 2,
      thinkingConfig: { thinkingLevel: 'LOW' },
      responseMimeType: 'application/json',
      serviceTier: 'flex',
    };
    expect(generate.readRequest({ model: 'models/gemini-3-pro', config })).deep.equal({
      request: {
        model: 'gemini-3-pro',
        maxTokens: 10,
        choiceCount: 2,
        reasoningLevel: 'LOW',
        outputType: 'json',
        serviceTier: 'flex',
      },
    });
  });

  it('gives its parameters from what goes over the wire', () => {
    const asked = {
      contents: [{ role: 'user', parts: [{ text: 'Hello' }] }],
      generationConfig: {
        temperature: 0,
        topP: 0.5,
        topK: 3,
        seed: 7,
        stopSequences: ['END'],
        responseMimeType: 'text/plain',
      },
      tools: [{ googleSearch: {} }],
      serviceTier: 'flex',
    };
    expect(generate.readRequest(asked)).deep.equal({
      request: {
        temperature: 0,
        topP: 0.5,
        topK: 3,
        seed: 7,
        stopSequences: ['END'],
        outputType: 'text',
        serviceTier: 'flex',
      },
    });
    expect(generate.readInput(asked)).deep.equal({
      input: [hello],
      tools: [{ type: 'googleSearch', name: 'googleSearch' }],
    });
  });

  it('does not say that there is one choice, nor a thinking budget as a level', () => {
    const config = { candidateCount: 1, thinkingConfig: { thinkingBudget: 100 } };
    expect(generate.readRequest({ config })).deep.equal({ request: {} });
  });

  it('tells images and speech by the modalities', () => {
    const typeOf = (...responseModalities: string[]) =>
      generate.readRequest({ config: { responseModalities } }).request.outputType;
    expect([typeOf('TEXT', 'IMAGE'), typeOf('AUDIO'), typeOf('TEXT')]).deep.equal(['image', 'speech', undefined]);
  });

  it('goes to Vertex AI when its model or its path says so', () => {
    const place = 'projects/p/locations/l/publishers/google/models/gemini-2.5-pro';
    const request = { model: 'gemini-2.5-pro' };
    expect(generate.readRequest({ model: place })).deep.equal({ request, provider: 'gcp.vertex_ai' });
    expect(generate.readRequest({ path: `/v1/${place}:streamGenerateContent?alt=sse` })).deep.equal({
      request: { ...request, stream: true },
      provider: 'gcp.vertex_ai',
    });
    expect(generate.readRequest({ path: '/v1beta/models/gemini-2.5-pro:generateContent' })).deep.equal({ request });
    expect(generate.readRequest({ model: 'tunedModels/mine' })).deep.equal({
      request: { model: 'tunedModels/mine' },
    });
  });

  it('keeps the ids of calls, and the name of tools of Google', () => {
    const contents = [
      { role: 'model', parts: [{ functionCall: { id: 'c1', name: 'f', args: { a: 1 } }, thoughtSignature: 'c2ln' }] },
      { role: 'function', parts: [{ functionResponse: { id: 'c1', name: 'f', response: { output: 2 } } }] },
    ];
    const tools = [
      { functionDeclarations: [{ name: 'f', parametersJsonSchema: { type: 'object' } }] },
      { googleSearch: {} },
    ];
    expect(generate.readInput({ contents, config: { tools } })).deep.equal({
      input: [
        { role: 'assistant', parts: [{ type: 'tool_call', id: 'c1', name: 'f', arguments: { a: 1 } }] },
        { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', name: 'f', response: { output: 2 } }] },
      ],
      tools: [
        { type: 'function', name: 'f', parameters: { type: 'object' } },
        { type: 'googleSearch', name: 'googleSearch' },
      ],
    });
  });

  it('is told by what stands beside the contents', () => {
    const request = { model: 'gemini-2.5-flash', contents: 'Hello' };
    expect(generate.matchRequest(request)).equal(2);
    for (const field of ['config', 'generationConfig', 'systemInstruction', 'toolConfig']) {
      expect(generate.matchRequest({ ...request, [field]: {} }), field).equal(3);
    }
    expect(generate.matchRequest({ ...request, safetySettings: [] })).equal(3);
  });

  it('is none for embeddings or another API', () => {
    expect(generate.matchRequest({ model: 'gemini-embedding-001', contents: ['Hello'] })).equal(0);
    expect(generate.matchRequest({ model: 'gpt-5', messages: [] })).equal(0);
    expect(generate.matchRequest({ contents: 'Hello', messages: [] })).equal(0);
    expect(generate.matchRequest({ contents: null })).equal(0);
    expect(generate.matchRequest({ contents: [{ parts: [{ text: 'Hello' }] }] })).equal(3);
  });
});
