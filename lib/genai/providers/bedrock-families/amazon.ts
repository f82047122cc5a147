import {
  asCount,
  asList,
  asName,
  asNames,
  asNumber,
  asObject,
  asObjects,
  present,
  presentAny,
} from '../../json-fields.js';
import type { CallMessages, RequestFacts, ResponseFacts, Usage } from '../../record.js';
import { matchConverseChunk } from '../bedrock-converse.js';
import {
  readConverseInput,
  readConverseOutput,
  readConverseRequest,
  readConverseResponse,
} from '../bedrock-reading.js';
import { ConverseMerger } from '../bedrock-stream.js';
import { completionMessages, CompletionMerger, promptMessages, toCompletionReason } from './completion.js';
import type { BedrockFamily } from './family.js';

/** Results of one request; the API gives one. */
const MAX_RESULTS = 16;

const TITAN_REASONS: Readonly<Record<string, string>> = {
  FINISH: 'stop',
  FINISHED: 'stop',
  STOP_CRITERIA_MET: 'stop',
  LENGTH: 'length',
  CONTENT_FILTERED: 'content_filter',
};

function titanUsage(inputTokens: unknown, results: readonly unknown[]): Usage | undefined {
  let outputTokens: number | undefined;
  for (const result of results.slice(0, MAX_RESULTS)) {
    const count = asCount(asObject(result)?.['tokenCount']);
    if (count !== undefined) outputTokens = (outputTokens ?? 0) + count;
  }
  return presentAny<Usage>({ inputTokens: asCount(inputTokens), outputTokens });
}

/** Titan's text models. */
export const titanText: BedrockFamily = {
  modelMark: 'amazon.titan-t',
  operation: 'text_completion',
  isRequest: (body) => typeof body['inputText'] === 'string',
  isResponse: (body) => asObject(asList(body['results'])[0])?.['outputText'] !== undefined,
  readRequest: (body) => {
    const config = asObject(body['textGenerationConfig']) ?? {};
    return present<RequestFacts>({
      maxTokens: asCount(config['maxTokenCount']),
      temperature: asNumber(config['temperature']),
      topP: asNumber(config['topP']),
      stopSequences: asNames(config['stopSequences']),
    });
  },
  readResponse: (body) => {
    const results = asList(body['results']);
    const reasons = asNames(results.slice(0, MAX_RESULTS).map((result) => asObject(result)?.['completionReason']));
    const usage = titanUsage(body['inputTextTokenCount'], results);
    const response = present<ResponseFacts>({ finishReasons: reasons });
    return usage === undefined ? { response } : { response, usage };
  },
  readInput: (body) => promptMessages(body['inputText']),
  readOutput: (body): CallMessages => {
    const output = asObjects(body['results']).flatMap(
      (result) =>
        completionMessages(result['outputText'], toCompletionReason(result['completionReason'], TITAN_REASONS))
          .output ?? [],
    );
    return output.length > 0 ? { output } : {};
  },
  isChunk: (body) => typeof body['outputText'] === 'string',
  createMerger: () =>
    new CompletionMerger({
      text: 'outputText',
      facts: ['inputTextTokenCount', 'totalOutputTextTokenCount', 'completionReason'],
      toBody: (outputText, { inputTextTokenCount, totalOutputTextTokenCount, completionReason }) => ({
        inputTextTokenCount,
        results: [{ outputText, completionReason, tokenCount: totalOutputTextTokenCount }],
      }),
    }),
};

/** Nova: the shapes of Converse with other names for some parameters and counts. */
export const nova: BedrockFamily = {
  modelMark: 'amazon.nova',
  operation: 'chat',
  isRequest: (body) => Array.isArray(body['messages']),
  isResponse: (body) => asObject(asObject(body['output'])?.['message']) !== undefined,
  readRequest: (body) => readConverseRequest(body).request,
  readResponse: readConverseResponse,
  readInput: readConverseInput,
  readOutput: readConverseOutput,
  isChunk: (body) => matchConverseChunk(body) > 0,
  createMerger: () => new ConverseMerger(),
};

/** Titan's embeddings. */
export const titanEmbeddings: BedrockFamily = {
  modelMark: 'amazon.titan-embed',
  operation: 'embeddings',
  isRequest: (body) => typeof body['inputText'] === 'string' && asObject(body['textGenerationConfig']) === undefined,
  isResponse: (body) => Array.isArray(body['embedding']),
  readRequest: (body) =>
    present<RequestFacts>({
      dimensions: asCount(body['dimensions']),
      encodingFormats: asNames(body['embeddingTypes']),
    }),
  readResponse: (body) => {
    const usage = presentAny<Usage>({ inputTokens: asCount(body['inputTextTokenCount']) });
    const response: ResponseFacts = { dimensions: asList(body['embedding']).length };
    return usage === undefined ? { response } : { response, usage };
  },
  readInput: (body) => {
    const text = asName(body['inputText']);
    return text === undefined ? {} : { texts: [text] };
  },
  readOutput: () => ({}),
};
