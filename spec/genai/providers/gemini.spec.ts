import { GenerateContentResponse } from '@google/genai';
import { expect } from 'chai';

import type { Json } from '#lib/genai/endpoint.js';
import { geminiEndpoints } from '#lib/genai/providers/gemini.js';
import { endpointOf } from '../endpoint-of.js';
import { surviveHostileJson } from '../hostile-json.js';

const generate = endpointOf(geminiEndpoints, 'gemini.generate_content');

function answerOf(candidate: object): Json {
  return { candidates: [candidate] };
}

describe('an answer of generateContent', () => {
  const reasons: Readonly<Record<string, string>> = {
    STOP: 'stop',
    MAX_TOKENS: 'length',
    SAFETY: 'content_filter',
    RECITATION: 'content_filter',
    BLOCKLIST: 'content_filter',
    PROHIBITED_CONTENT: 'content_filter',
    SPII: 'content_filter',
    MALFORMED_FUNCTION_CALL: 'malformed_function_call',
  };

  for (const [finishReason, word] of Object.entries(reasons)) {
    it(`finishes with ${word} for ${finishReason}, and keeps the provider's word as a fact`, () => {
      const answer = answerOf({ finishReason });
      expect(generate.readOutput(answer).output?.[0]?.finish_reason).equal(word);
      expect(generate.readResponse(answer).response.finishReasons).deep.equal([finishReason]);
    });
  }

  it('says the words of numbers that mean the same everywhere, and other numbers as they are', () => {
    const wordsOf = (finishReason: number) => generate.readResponse(answerOf({ finishReason })).response.finishReasons;
    expect([wordsOf(1), wordsOf(3), wordsOf(8)]).deep.equal([['STOP'], ['SAFETY'], ['8']]);
  });

  it('has one message and one reason for each candidate', () => {
    const candidates = [
      { content: { role: 'model', parts: [{ text: 'a' }] }, finishReason: 'STOP' },
      { content: { role: 'model', parts: [{ text: 'b' }] }, finishReason: 'MAX_TOKENS' },
    ];
    expect(generate.readResponse({ candidates }).response.finishReasons).deep.equal(['STOP', 'MAX_TOKENS']);
    expect(generate.readOutput({ candidates }).output).deep.equal([
      { role: 'assistant', parts: [{ type: 'text', content: 'a' }], finish_reason: 'stop' },
      { role: 'assistant', parts: [{ type: 'text', content: 'b' }], finish_reason: 'length' },
    ]);
  });

  it('shows a prompt that was blocked, with why', () => {
    const promptFeedback = { blockReason: 'PROHIBITED_CONTENT', blockReasonMessage: 'The prompt is blocked.' };
    expect(generate.matchResponse({ promptFeedback })).equal(3);
    expect(generate.readResponse({ promptFeedback }).response).deep.equal({ finishReasons: ['PROHIBITED_CONTENT'] });
    expect(generate.readOutput({ promptFeedback }).output).deep.equal([
      {
        role: 'assistant',
        parts: [{ type: 'refusal', content: 'The prompt is blocked.' }],
        finish_reason: 'content_filter',
      },
    ]);
  });

  it('counts results of tools as input, thoughts as output, and sound beside both', () => {
    const usageMetadata = {
      promptTokenCount: 100,
      toolUsePromptTokenCount: 20,
      cachedContentTokenCount: 60,
      candidatesTokenCount: 7,
      thoughtsTokenCount: 3,
      totalTokenCount: 130,
      promptTokensDetails: [
        { modality: 'TEXT', tokenCount: 60 },
        { modality: 'AUDIO', tokenCount: 40 },
      ],
      candidatesTokensDetails: [{ modality: 4, tokenCount: 5 }],
    };
    expect(generate.readResponse({ usageMetadata }).usage).deep.equal({
      inputTokens: 120,
      outputTokens: 10,
      totalTokens: 130,
      cacheReadTokens: 60,
      reasoningTokens: 3,
      inputAudioTokens: 40,
      outputAudioTokens: 5,
    });
  });

  it('says its service tier, and when it was asked where that tells Vertex AI', () => {
    expect(
      generate.readResponse({ usageMetadata: { serviceTier: 'priority' }, createTime: '2026-01-01T00:00:00Z' }),
    ).deep.equal({
      response: { serviceTier: 'priority' },
      provider: 'gcp.vertex_ai',
    });
  });

  it('is told by a candidate, as little as there is of it', () => {
    expect(generate.matchResponse(answerOf({ finishReason: 'STOP' }))).equal(3);
    expect(generate.matchResponse(answerOf({ content: {} }))).equal(3);
    expect(generate.matchResponse(answerOf({ text: 'a' }))).equal(1);
  });

  it('invents no count', () => {
    expect(generate.readResponse({ usageMetadata: { trafficType: 'ON_DEMAND' } })).deep.equal({
      response: {},
      provider: 'gcp.vertex_ai',
    });
    expect(generate.readResponse({ usageMetadata: { promptTokenCount: '8' } })).deep.equal({ response: {} });
  });

  it('keeps thoughts, code that ran and files', () => {
    const parts = [
      { text: 'Hm.', thought: true },
      { thought: false, thoughtSignature: 'c2ln', executableCode: { language: 'PYTHON', code: '1+1' } },
      { codeExecutionResult: { outcome: 'OUTCOME_OK', output: '2' } },
      { fileData: { mimeType: 'video/mp4', fileUri: 'gs://b/v.mp4' }, videoMetadata: { fps: 1 } },
      { toolCall: { id: 't1', toolType: 'GOOGLE_SEARCH_WEB', args: { q: 'otel' } } },
      { toolResponse: { id: 't1', toolType: 'GOOGLE_SEARCH_WEB', response: { n: 1 } } },
    ];
    expect(generate.readOutput(answerOf({ content: { parts } })).output?.[0]?.parts).deep.equal([
      { type: 'reasoning', content: 'Hm.' },
      {
        type: 'vendor',
        vendor_type: 'executableCode',
        thought: false,
        thoughtSignature: 'c2ln',
        executableCode: { language: 'PYTHON', code: '1+1' },
      },
      {
        type: 'vendor',
        vendor_type: 'codeExecutionResult',
        codeExecutionResult: { outcome: 'OUTCOME_OK', output: '2' },
      },
      { type: 'uri', modality: 'video', mime_type: 'video/mp4', uri: 'gs://b/v.mp4' },
      {
        type: 'server_tool_call',
        id: 't1',
        name: 'GOOGLE_SEARCH_WEB',
        server_tool_call: { type: 'GOOGLE_SEARCH_WEB', args: { q: 'otel' } },
      },
      {
        type: 'server_tool_call_response',
        id: 't1',
        server_tool_call_response: { type: 'GOOGLE_SEARCH_WEB', response: { n: 1 } },
      },
    ]);
  });

  it('becomes plain without a getter of its class, also inside the frame of older clients', () => {
    const answer = new GenerateContentResponse();
    const plain = {
      candidates: [{ finishReason: 'STOP' }],
      createTime: '2026-01-01T00:00:00Z',
      modelVersion: 'gemini',
      promptFeedback: {},
      responseId: 'r1',
      usageMetadata: {},
    };
    Object.assign(answer, { ...plain, sdkHttpResponse: { headers: {} } });
    expect(generate.toPlain?.(answer as unknown as Json)).deep.equal(plain);
    expect(generate.toPlain?.({ response: { ...plain, text: () => 'x' } })).deep.equal(plain);
    for (const field of ['promptFeedback', 'usageMetadata']) {
      expect(generate.toPlain?.({ [field]: {}, text: () => 'x' })).deep.equal({ [field]: {} });
    }
    const request = { model: 'm', contents: 'Hello', usageMetadata: {}, more: 1 };
    expect(generate.toPlain?.(request)).equal(request);
  });

  it('throws nothing at hostile JSON', () => {
    surviveHostileJson(
      generate,
      'model path contents config generationConfig systemInstruction tools functionDeclarations candidates content role parts text thought functionCall functionResponse name args inlineData fileData mimeType data fileUri finishReason index promptFeedback blockReason usageMetadata promptTokenCount thoughtsTokenCount promptTokensDetails modality tokenCount response toolCall'.split(
        ' ',
      ),
      'model user STOP AUDIO SAFETY image/png projects/p/models/x'.split(' '),
    );
  });
});
