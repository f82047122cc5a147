import { expect } from 'chai';

import { openaiChat } from '#lib/genai/providers/openai-chat.js';

describe('openai.chat_completions', () => {
  const messages = [{ role: 'user', content: 'hi' }];

  it('reads every parameter of a request', () => {
    const request = {
      model: 'gpt-5',
      messages,
      max_completion_tokens: 100,
      max_tokens: 7,
      temperature: 0,
      top_p: 0.5,
      top_k: 40,
      frequency_penalty: 0.1,
      presence_penalty: -0.1,
      stop: ['END', 'STOP'],
      seed: 42,
      n: 3,
      stream: true,
      reasoning_effort: 'high',
      response_format: { type: 'json_schema', json_schema: { name: 'answer' } },
      service_tier: 'flex',
    };
    expect(openaiChat.readRequest(request)).deep.equal({
      request: {
        model: 'gpt-5',
        maxTokens: 100,
        temperature: 0,
        topP: 0.5,
        topK: 40,
        frequencyPenalty: 0.1,
        presencePenalty: -0.1,
        stopSequences: ['END', 'STOP'],
        seed: 42,
        choiceCount: 3,
        stream: true,
        reasoningLevel: 'high',
        outputType: 'json',
        serviceTier: 'flex',
      },
    });
  });

  it('reads the older name of the limit, and one stop sequence', () => {
    expect(openaiChat.readRequest({ max_tokens: 7, stop: 'END' }).request).deep.equal({
      maxTokens: 7,
      stopSequences: ['END'],
    });
  });

  it('leaves out what is as usual: one choice, no stream, no stop sequence', () => {
    const request = { model: 'gpt-5', n: 1, stream: false, stop: null, response_format: null, temperature: null };
    expect(openaiChat.readRequest(request).request).deep.equal({ model: 'gpt-5' });
  });

  it('knows text and both forms of JSON by their format', () => {
    const types = ['text', 'json_object', 'json_schema', 'grammar'];
    expect(types.map((type) => openaiChat.readRequest({ response_format: { type } }).request.outputType)).deep.equal([
      'text',
      'json',
      'json',
      undefined,
    ]);
  });

  it('copies the stop sequences', () => {
    const stop = ['END'];
    expect(openaiChat.readRequest({ stop }).request.stopSequences).not.equal(stop);
  });

  it('reads one finish reason for each choice', () => {
    const answer = {
      id: 'chatcmpl-1',
      model: 'gpt-5-2026-01-01',
      service_tier: 'default',
      system_fingerprint: 'fp_1',
      choices: [{ finish_reason: 'stop' }, { finish_reason: 'length' }, { finish_reason: null }],
    };
    expect(openaiChat.readResponse(answer)).deep.equal({
      response: {
        id: 'chatcmpl-1',
        model: 'gpt-5-2026-01-01',
        finishReasons: ['stop', 'length'],
        serviceTier: 'default',
        systemFingerprint: 'fp_1',
      },
    });
  });

  it('is like a request with messages and a model by name', () => {
    expect(openaiChat.matchRequest({ model: 'gpt-5', messages })).equal(1);
    expect(openaiChat.matchRequest({ model: 'gpt-5', messages, reasoning_effort: 'low' })).equal(2);
    expect(openaiChat.matchRequest({ model: {}, messages })).equal(0);
    expect(openaiChat.matchRequest({ model: 'gpt-5', prompt: 'hi' })).equal(0);
  });

  const id = 'chatcmpl-DPTBnLVEU6gLtntz301fthMFXeE4C';
  const choices = [{ message: { role: 'assistant' } }];

  it('is like an answer with an id and the company of OpenAI', () => {
    const answer = { id, object: 'chat.completion', choices };
    expect(openaiChat.matchResponse({ ...answer, system_fingerprint: null })).equal(2);
    expect(openaiChat.matchResponse({ ...answer, service_tier: 'default' })).equal(2);
    expect(openaiChat.matchResponse(answer)).equal(1);
    expect(openaiChat.matchResponse({ ...answer, id: 'msg_1', system_fingerprint: null })).equal(0);
    expect(openaiChat.matchResponse({ id, system_fingerprint: null })).equal(0);
  });

  it('is like no answer with the id or the fingerprint of another', () => {
    const others = {
      vLLM: { id: 'chatcmpl-0123456789abcdef0123456789abcdef', system_fingerprint: null },
      Cerebras: { id: 'chatcmpl-532a6640-2e18-4a4c-8406-8437a857ce48', system_fingerprint: 'fp_179b0f92c9' },
      Ollama: { id: 'chatcmpl-635', system_fingerprint: 'fp_ollama' },
      'llama.cpp': { id: 'chatcmpl-8rGyRfQzZtKmY6CwXh3Vn5Ds2Bp9LqJe', system_fingerprint: 'b5215-5f5e39e1' },
    };
    for (const [name, signs] of Object.entries(others)) {
      expect(openaiChat.matchResponse({ object: 'chat.completion', choices, ...signs }), name).equal(0);
    }
  });

  it('is like no answer of a model that others host', () => {
    const answer = { id, object: 'chat.completion', choices, system_fingerprint: 'fp_1' };
    for (const model of ['openai/gpt-oss-20b', 'llama3.1', 'Qwen2.5-7B', 'deepseek-chat', 'claude-sonnet-4-5']) {
      expect(openaiChat.matchResponse({ ...answer, model }), model).equal(0);
    }
    for (const model of [
      'gpt-4o',
      'o3-mini',
      'chatgpt-4o-latest',
      'ft:gpt-4o:acme::llama',
      'codex-mini-latest',
      null,
    ]) {
      expect(openaiChat.matchResponse({ ...answer, model }), String(model)).equal(2);
    }
  });

  it('is like a chunk of the same make', () => {
    const chunk = { id, object: 'chat.completion.chunk', system_fingerprint: 'fp_1', choices: [{ delta: {} }] };
    expect(openaiChat.matchChunk?.(chunk)).equal(2);
    expect(openaiChat.matchChunk?.({ ...chunk, object: 'chat.completion', choices })).equal(0);
  });
});
