import { expect } from 'chai';

import { openaiChat } from '#lib/genai/providers/openai-chat.js';

function input(...messages: unknown[]): unknown {
  return openaiChat.readInput({ messages }).input;
}

function output(message: unknown, finishReason: unknown = 'stop'): unknown {
  return openaiChat.readOutput({ choices: [{ index: 0, message, finish_reason: finishReason }] }).output?.[0];
}

const text = (content: string): object => ({ type: 'text', content });

describe('messages in the shape of OpenAI', () => {
  it('stay where they were sent, those of the system and the developer too', () => {
    expect(
      input(
        { role: 'system', content: 'a' },
        { role: 'developer', content: [{ type: 'text', text: 'b' }] },
        { role: 'user', content: 'c', name: 'Ann' },
      ),
    ).deep.equal([
      { role: 'system', parts: [text('a')] },
      { role: 'developer', parts: [text('b')] },
      { role: 'user', parts: [text('c')], name: 'Ann' },
    ]);
    expect(openaiChat.readInput({ messages: [{ role: 'system', content: 'a' }] })).not.property('system');
  });

  it('have the calls of an assistant after its words', () => {
    const message = {
      role: 'assistant',
      reasoning_content: 'because',
      content: 'let me see',
      tool_calls: [
        { id: 'call_1', type: 'function', function: { name: 'look', arguments: '{"at":[1,2]}' } },
        { id: 'call_2', type: 'custom', custom: { name: 'run', input: 'print(1)' } },
      ],
    };
    expect(input(message)).deep.equal([
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'because' },
          text('let me see'),
          { type: 'tool_call', id: 'call_1', name: 'look', arguments: { at: [1, 2] } },
          { type: 'tool_call', id: 'call_2', name: 'run', arguments: 'print(1)' },
        ],
      },
    ]);
  });

  it('keep arguments as text that are no JSON, and have none where none are', () => {
    const calls = ['{"at":', '', undefined, { at: 1 }].map((value) => ({
      function: { name: 'look', arguments: value },
    }));
    expect(output({ tool_calls: calls }, 'tool_calls')).deep.equal({
      role: 'assistant',
      parts: [
        { type: 'tool_call', name: 'look', arguments: '{"at":' },
        { type: 'tool_call', name: 'look' },
        { type: 'tool_call', name: 'look' },
        { type: 'tool_call', name: 'look', arguments: { at: 1 } },
      ],
      finish_reason: 'tool_call',
    });
  });

  it('leave out a call without a name', () => {
    expect(output({ tool_calls: [{ id: 'call_1', function: { arguments: '{}' } }, {}] })).deep.equal({
      role: 'assistant',
      parts: [],
      finish_reason: 'stop',
    });
  });

  it('answer a call with its id', () => {
    expect(
      input(
        { role: 'tool', tool_call_id: 'call_1', content: '21 °C' },
        {
          role: 'tool',
          tool_call_id: 'call_2',
          content: [
            { type: 'text', text: '21' },
            { type: 'text', text: ' °C' },
          ],
        },
        {
          role: 'tool',
          toolCallId: 'call_3',
          content: [
            { type: 'image_url', image_url: { url: 'https://a/b.png' } },
            { type: 'text', text: 'seen' },
          ],
        },
        { role: 'function', name: 'look', content: 'seen' },
        { role: 'tool', tool_call_id: 'call_4', content: null },
      ),
    ).deep.equal([
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_1', response: '21 °C' }] },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_2', response: '21 °C' }] },
      {
        role: 'tool',
        parts: [
          {
            type: 'tool_call_response',
            id: 'call_3',
            response: [{ type: 'uri', modality: 'image', uri: 'https://a/b.png' }, text('seen')],
          },
        ],
      },
      { role: 'function', parts: [{ type: 'tool_call_response', response: 'seen' }], name: 'look' },
      { role: 'tool', parts: [] },
    ]);
  });

  it('repeat what was spoken by its id', () => {
    expect(input({ role: 'assistant', audio: { id: 'audio_1' } })).deep.equal([
      { role: 'assistant', parts: [{ type: 'file', modality: 'audio', file_id: 'audio_1' }] },
    ]);
  });

  it('speak with a transcript', () => {
    const audio = { id: 'audio_1', data: 'AA==', transcript: 'hello', expires_at: 1 };
    expect(output({ role: 'assistant', content: null, audio })).deep.equal({
      role: 'assistant',
      parts: [text('hello'), { type: 'blob', modality: 'audio', content: 'AA==' }],
      finish_reason: 'stop',
    });
  });

  it('reason in the words of DeepSeek and of Groq', () => {
    for (const message of [{ reasoning_content: 'hm' }, { reasoning: 'hm' }]) {
      expect(output({ ...message, content: 'yes' })).deep.equal({
        role: 'assistant',
        parts: [{ type: 'reasoning', content: 'hm' }, text('yes')],
        finish_reason: 'stop',
      });
    }
  });

  it('finish in the words of the conventions where those have some', () => {
    const reasons = ['stop', 'length', 'content_filter', 'tool_calls', 'function_call', 'eos', null, 7];
    expect(reasons.map((reason) => (output({}, reason) as { finish_reason: string }).finish_reason)).deep.equal([
      'stop',
      'length',
      'content_filter',
      'tool_call',
      'tool_call',
      'eos',
      'unknown',
      'unknown',
    ]);
  });

  it('come one for each choice', () => {
    const choices = [{ message: { content: 'a' } }, { message: { content: 'b' } }];
    expect(openaiChat.readOutput({ choices }).output).length(2);
    expect(openaiChat.readOutput({ choices: [] })).deep.equal({});
  });
});

describe('tools in the shape of OpenAI', () => {
  it('are functions with their parameters', () => {
    const parameters = { type: 'object', properties: {} };
    const tools = [{ type: 'function', function: { name: 'look', description: 'Looks', parameters, strict: true } }];
    expect(openaiChat.readInput({ tools }).tools).deep.equal([
      { type: 'function', name: 'look', description: 'Looks', parameters },
    ]);
  });

  it('are functions of the legacy kind', () => {
    expect(openaiChat.readInput({ functions: [{ name: 'look' }] }).tools).deep.equal([
      { type: 'function', name: 'look' },
    ]);
  });

  it('keep another type', () => {
    const format = { type: 'grammar', grammar: { syntax: 'lark', definition: 'start: "a"' } };
    const tools = [{ type: 'custom', custom: { name: 'run', format } }, { type: 'browser_search' }];
    expect(openaiChat.readInput({ tools }).tools).deep.equal([
      { type: 'custom', name: 'run', format },
      { type: 'browser_search', name: 'browser_search' },
    ]);
  });

  it('have a name or are left out', () => {
    const tools = [{ type: 'function', function: {} }, { type: 'custom' }, null, 'look'];
    expect(openaiChat.readInput({ tools })).deep.equal({});
  });
});
