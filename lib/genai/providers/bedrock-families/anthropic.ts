import { asCount, asName, asNames, asNumber, present } from '../../json-fields.js';
import type { RequestFacts, ResponseFacts } from '../../record.js';
import { matchMessagesChunk, matchMessagesRequest, matchMessagesResponse } from '../anthropic.js';
import {
  readMessagesInput,
  readMessagesOutput,
  readMessagesRequest,
  readMessagesResponse,
  toFinishReason,
} from '../anthropic-reading.js';
import { MessagesMerger } from '../anthropic-stream.js';
import { completionMessages, CompletionMerger, promptMessages } from './completion.js';
import type { BedrockFamily } from './family.js';

/** Claude with messages: the Messages API without its model. */
export const claudeMessages: BedrockFamily = {
  modelMark: 'anthropic.',
  operation: 'chat',
  isRequest: (body) => 'anthropic_version' in body || matchMessagesRequest(body) > 0,
  isResponse: (body) => matchMessagesResponse(body) > 0,
  readRequest: (body) => readMessagesRequest(body).request,
  readResponse: readMessagesResponse,
  readInput: readMessagesInput,
  readOutput: readMessagesOutput,
  isChunk: (body) => matchMessagesChunk(body) === 3,
  createMerger: () => new MessagesMerger(),
};

/** Claude 2 with a prompt, before there were messages. The body has no counts. */
export const claudePrompt: BedrockFamily = {
  modelMark: 'anthropic.',
  operation: 'text_completion',
  isRequest: (body) => typeof body['prompt'] === 'string' && typeof body['max_tokens_to_sample'] === 'number',
  isResponse: (body) => typeof body['completion'] === 'string',
  readRequest: (body) =>
    present<RequestFacts>({
      maxTokens: asCount(body['max_tokens_to_sample']),
      temperature: asNumber(body['temperature']),
      topP: asNumber(body['top_p']),
      topK: asNumber(body['top_k']),
      stopSequences: asNames(body['stop_sequences']),
    }),
  readResponse: (body) => {
    const stopReason = asName(body['stop_reason']);
    const finishReasons = stopReason === undefined ? undefined : [stopReason];
    return {
      response: present<ResponseFacts>({ id: asName(body['id']), model: asName(body['model']), finishReasons }),
    };
  },
  readInput: (body) => promptMessages(body['prompt']),
  readOutput: (body) => completionMessages(body['completion'], toFinishReason(body['stop_reason'])),
  isChunk: (body) => typeof body['completion'] === 'string',
  createMerger: () =>
    new CompletionMerger({
      text: 'completion',
      facts: ['stop_reason'],
      toBody: (completion, facts) => ({ completion, ...facts }),
    }),
};
